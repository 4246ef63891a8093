// Every place of the product that shows what a child or a model wrote, on one page, with a lesson that is made up. For HostileMarkdownTest.

import "../allWords";
import { signal } from "@preact/signals";
import { render } from "preact";
import { LessonContext } from "../../src/lesson/context";
import type { EntityChange, Pace } from "../../src/protocol/types";
import { Live, sceneOf } from "../../src/screens/board/Live";
import { QuestionView } from "../../src/screens/student/QuestionView";
import { ReadView } from "../../src/screens/student/ReadView";
import { StepView } from "../../src/screens/student/StepView";
import { TalkView } from "../../src/screens/student/TalkView";
import { TutorCard } from "../../src/screens/student/TutorView";
import { WorkView } from "../../src/screens/student/WorkView";
import { recordPage } from "../../src/screens/teacher/report/recordPage";
import { Roster } from "../../src/screens/teacher/roster/Roster";
import { StepPanel } from "../../src/screens/teacher/StepPanel";
import { Signals } from "../../src/screens/teacher/signals/Signals";
import { transcript } from "../../src/screens/teacher/tutor/openTranscript";
import { TranscriptSheet } from "../../src/screens/teacher/tutor/Transcript";
import { Works } from "../../src/screens/teacher/work/Works";
import { parts, withoutBegun } from "../../src/ui/formula/find";
import { Rich } from "../../src/ui/Rich";
import { entity, fakeLesson } from "../fakeLesson";

const lesson = fakeLesson([], ["a"]);
const { store, texts } = lesson;

const at = "2026-09-01T09:00:00Z";
let seq = 0;
let explanationId = "";

/** A lesson in which every text is this one. */
function lessonOf(text: string): EntityChange[] {
  const all = { kk: text, ru: text, en: text };
  const source = { provider: text, model: text, template: text, tokens: 1, milliseconds: 1, cached: true };
  const prompt = { id: "p", question: all, make: all, materials: all, minutes: 5, roles: [all], sharing: all };
  const options = [{ id: "o", text: all, correct: true, why: all }];
  const asked = { text: all, options, min: 1, max: 3, minLabel: all, maxLabel: all, why: all };
  const question = { ...asked, stepId: "s", round: 1, status: "revealed" as const, askedAt: at, answered: 1 };
  const rounds = [{ round: 1, answered: 1, counts: [{ key: text, count: 2 }] }];
  const variants = (["kk-simple", "ru-simple"] as const).map((variant) => ({
    variant,
    status: "finished" as const,
    epoch: 1,
    length: text.length,
    provenance: { ...source, cause: text },
  }));
  const explanation = { stepId: "s", topic: all, mode: "plain" as const, sentences: [], boardVariant: "kk-simple" as const, variants };
  const task = {
    title: all,
    text: all,
    aiPolicy: "ask" as const,
    minOwnWords: 1,
    asksReflection: true,
    asksSources: true,
    criteria: [{ id: "k", title: all, descriptors: [{ id: "d", text: all }] }],
  };
  const feedback = {
    studentId: "a",
    stepId: "s",
    workVersion: 1,
    droppedQuotes: 1,
    note: text,
    edited: true,
    editedBy: text,
    provenance: source,
  };
  const items = [{ descriptorId: "d", verdict: "met" as const, quote: text, nextStep: text }];
  return [
    entity("plan", "", {
      title: all,
      subject: all,
      className: text,
      teacherName: text,
      gradeFrom: 5,
      gradeTo: 7,
      minutes: 40,
      steps: [{ id: "s", kind: "explain", minutes: 9, devices: true, title: all }],
      marks: [1, 5],
    }),
    entity("pace", "", pace),
    entity("step", "s", {
      board: all,
      student: all,
      teacher: all,
      topics: [{ id: "t", topic: all }],
      questions: [{ ...asked, id: "q0", kind: "single", options: [{ id: "o", text: all, correct: true }] }],
      hasPrompts: true,
      task,
      aiPolicy: "ask",
    }),
    entity("seat", "a", {
      nickname: text,
      language: "kk",
      level: "simple",
      team: 1,
      device: "1",
      requests: [{ deviceId: "d", code: "47" }],
    }),
    entity("me", "", { studentId: "a", nickname: text, language: "kk", level: "simple", team: 1 }),
    entity("hand", "a", { topic: text, since: at, claimedBy: "m", claimedName: text }),
    entity("explanation", explanationId, { ...explanation, number: seq, status: "finished", startedAt: "2026-09-01T09:30:00Z" }),
    entity("heat", explanationId, { spots: [{ variant: "kk-simple", sentence: 0, count: 3, readers: 20, who: ["a"] }] }),
    entity("prompts", "s", { status: "proposed", candidates: [prompt], provenance: source }),
    entity("prompt", "s", { prompt, edited: true, editedBy: text, provenance: source, pickedAt: at, shared: true }),
    entity("team", "1", { size: 1, members: ["a"], nicknames: [text] }),
    entity("contribution", "i", { stepId: "s", team: 2, text, votes: 1, hidden: false, shared: true, studentId: "a", at }),
    entity("question", "q1", { ...question, kind: "single" }),
    entity("tally", "q1", { answered: 1, rounds: [{ round: 1, answered: 1, counts: [{ key: "o", count: 1 }] }] }),
    entity("question", "q2", { ...question, kind: "wordCloud" }),
    entity("tally", "q2", { answered: 1, rounds }),
    entity("question", "q3", { ...question, kind: "open", picked: [text] }),
    entity("answer", "q3/1/a", { questionId: "q3", round: 1, studentId: "a", options: [], text, at, picked: true }),
    entity("work", "a/s", {
      studentId: "a",
      stepId: "s",
      status: "handedIn",
      version: 1,
      words: 3,
      text,
      submission: text,
      previousSubmission: `${text} x`,
      ownContribution: text,
      reflection: text,
      sources: [text],
      savedAt: at,
    }),
    entity("feedback", "f1", { ...feedback, status: "released", items, reply: text, releasedAt: at }),
    entity("feedback", "f2", { ...feedback, status: "draft", items }),
    entity("exchange", "x", { studentId: "a", stepId: "s", question: text, at, answer: text, provenance: { ...source, cause: text } }),
    entity("exchange", "y", { studentId: "a", stepId: "s", question: text, at, failure: text }),
    entity("thread", "a", {
      studentId: "a",
      count: 3,
      flags: [{ exchangeId: "x", flag: text, at }],
      openings: [{ by: text, reason: text, at }],
    }),
    entity("incident", "n", { ability: text, kind: text, category: text, stepId: "s", studentId: "a", at }),
    entity("incident", "o", { ability: text, kind: "noticed", category: "distress", stepId: "s", studentId: "a", at }),
    entity("care", "a", { at }),
    entity("meter", "", { tokens: 9, limit: 10, calls: 1, cached: 0 }),
  ];
}

const pace: Pace = {
  phase: "live",
  stepId: "s",
  stepStartedAt: at,
  startedAt: at,
  locked: false,
  joined: 1,
  aiOn: true,
  boardVariant: "kk-simple",
};
const rich = signal("");

function Stage() {
  const text = rich.value;
  const plan = store.one("plan");
  const question = (id: string) => store.one("question", id);
  const explanations = [...store.all("explanation")];
  if (!plan) return null;
  return (
    <LessonContext.Provider value={lesson}>
      <Rich text={text} />
      <div id="student">
        <ReadView explanations={explanations} />
      </div>
      <StepView pace={pace} />
      <TalkView stepId="s" prompt={store.one("prompt", "s")} />
      <WorkView stepId="s" />
      <div id="door">
        <TutorCard stepId="s" />
      </div>
      {["q1", "q2", "q3"].map((id) => {
        const q = question(id);
        return q && <QuestionView key={id} id={id} question={q} />;
      })}
      <div id="board">
        <Live pace={pace} scene={sceneOf(lesson, pace.stepId ?? "")} />
      </div>
      <div id="teacher">
        <StepPanel plan={plan} pace={pace} />
      </div>
      <Roster pace={pace} />
      <Signals pace={pace} onTab={() => {}} />
      <Works />
      <TranscriptSheet />
    </LessonContext.Provider>
  );
}

const app = document.getElementById("app") as HTMLElement;
const watched = new Set(["href", "src", "srcset", "srcdoc", "action", "formaction", "style", "data", "xlink:href", "background", "poster"]);
const plainTags = new Set(["b", "br", "li", "ol", "ul", "p", "span", "ins", "del", "sup"]);
const known = new Set<string>();

/** Element names with the names of their attributes: what a text must never add to. */
function shapes(): string[] {
  return [...app.querySelectorAll("*")].map((e) => `${e.namespaceURI?.slice(-4)} ${e.localName} ${e.getAttributeNames().sort().join(" ")}`);
}

function problems(text: string): string[] {
  const list: string[] = [];
  for (const shape of new Set(shapes())) {
    if (!known.has(shape) && !plainTags.has(shape.split(" ")[1] ?? "")) list.push(`a new element: ${shape}`);
  }
  for (const e of app.querySelectorAll("*")) {
    for (const { name, value } of e.attributes) {
      if (name.startsWith("on") || (watched.has(name) && text.length > 3 && value.includes(text.slice(0, 12))))
        list.push(`${name}=${value}`);
    }
  }
  return list;
}

const settled = async (): Promise<void> => {
  for (let i = 0; i < 4; i++) await null;
  await new Promise<void>((done) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done();
    channel.port2.postMessage(0);
  });
};

async function until(holds: () => boolean): Promise<void> {
  for (let frames = 0; !holds(); frames++) {
    if (frames > 3000) throw new Error("what is waited for does not come");
    await new Promise((frame) => requestAnimationFrame(frame));
  }
  await settled();
}

async function show(text: string): Promise<void> {
  explanationId = `e${++seq}`;
  store.snapshot(seq, lessonOf(text));
  texts.append(seq, "kk-simple", 1, 0, text, [text.length]);
  rich.value = text;
  transcript.value = "a";
  await settled();
}

// Marks that a streamed text reads as a heading, a bullet or bold are not shown; everything else is, letter for letter.
const bare = (text: string): string => text.replace(/[\s#*•-]+/g, "");
/** A formula that could be set is not shown letter for letter: every other word is. */
const spoken = (place: string): string => {
  const told = document.querySelector(`#${place} .tell`)?.cloneNode(true) as Element | undefined;
  for (const formula of told?.querySelectorAll(".formula") ?? []) formula.remove();
  return bare(told?.textContent ?? "");
};
const withoutFormulas = (text: string): string =>
  parts(text)
    .map((part) => ("tex" in part ? "" : part.text))
    .join("");

Object.assign(window, {
  /** The shapes that a harmless text makes are the only ones there may be. */
  async learn(list: string[]): Promise<number> {
    render(<Stage />, app);
    for (const text of list) {
      await show(text);
      // What sets formulas comes late; hostile texts meet it whole.
      if (text.includes("$")) await until(() => document.querySelector("#student math") !== null);
      document.querySelector<HTMLElement>("#door .tutor-door")?.click();
      await settled();
      for (const shape of shapes()) known.add(shape);
    }
    return known.size;
  },
  /** Shows each text in every place; returns what was wrong. */
  async showAll(list: string[]): Promise<string[]> {
    const wrong: string[] = [];
    for (const text of list) {
      await show(text);
      wrong.push(...problems(text).map((p) => `${text}: ${p}`));
      const said = bare(withoutFormulas(text));
      for (const place of ["student", "board", "teacher"])
        if (!spoken(place).includes(said)) wrong.push(`${text}: not shown to the ${place}`);
      const page = new DOMParser().parseFromString(
        // Without its own style, which this page's policy would report.
        recordPage(
          { exportedAt: at, seq, entities: lessonOf(text).map(({ k, id, v }) => ({ kind: k, id, value: v })) },
          "prepared",
        ).replace(/<style>[^<]*<\/style>/, ""),
        "text/html",
      );
      const names = [...page.querySelectorAll("*")].filter(
        (e) => !/^(html|head|meta|title|style|body|h[1-4]|p|section|div|b|small|ul|li)$/.test(e.localName),
      );
      if (names.length > 0) wrong.push(`${text}: in the record ${names[0]?.outerHTML}`);
    }
    return wrong;
  },
  /** Streams each text unit by unit, rendering every prefix; returns what was wrong, and how many prefixes there were. */
  async tellAll(list: string[]): Promise<{ wrong: string[]; prefixes: number }> {
    const wrong: string[] = [];
    let prefixes = 0;
    for (const text of list) {
      await show("…");
      for (let i = 0; i < text.length; i++) {
        texts.append(seq, "kk-simple", 1, i, text.slice(i, i + 1), i === text.length - 1 ? [text.length] : []);
        rich.value = text.slice(0, i + 1);
        await settled();
        prefixes++;
        const said = bare(withoutFormulas(i === text.length - 1 ? text : withoutBegun(text.slice(0, i + 1))));
        if (!spoken("student").startsWith(said)) wrong.push(`${text}: at ${i} the student reads ${spoken("student")}`);
        const foreign = app.querySelector(
          "script, iframe, object, embed, img, svg:not([viewBox]), math:not([role=math]), form[action], a, base, meta, link, style, template",
        );
        if (foreign) wrong.push(`${text}: at ${i} ${foreign.outerHTML}`);
      }
      wrong.push(...problems(text).map((p) => `${text}: ${p}`));
    }
    return { wrong, prefixes };
  },
});
