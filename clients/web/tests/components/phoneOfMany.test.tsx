// A phone of several children: what each wrote, asked and answered alone stays that one's, and is shown by its name.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/preact";
import { w } from "../../src/i18n/student";
import { setAlone } from "../../src/lesson/phone";
import type { Answer, EntityChange, Exchange, Feedback, Question, Work } from "../../src/protocol/types";
import { QuestionView } from "../../src/screens/student/QuestionView";
import { TutorCard } from "../../src/screens/student/TutorView";
import { WorkView } from "../../src/screens/student/WorkView";
import { entity, type FakeLesson, fakeLesson } from "../fakeLesson";
import { all, inEachLanguage, show } from "./screen";

beforeEach(() => localStorage.clear());
afterEach(cleanup);

const at = "2026-09-01T09:00:00Z";
const sharing = (...others: string[]) => others.map((name) => ({ studentId: name, nickname: name }));
const me = (...others: string[]): EntityChange =>
  entity("me", "", { studentId: "Айдар", nickname: "Айдар", language: "kk", level: "simple", sharing: sharing(...others) });
const two = me("Сәуле");
const task = {
  title: all("Т"),
  text: all("Т"),
  aiPolicy: "ask" as const,
  minOwnWords: 2,
  asksReflection: true,
  asksSources: false,
  criteria: [],
};
const step = entity("step", "s", { hasPrompts: false, student: all("x"), aiPolicy: "ask", task });
const work = (studentId: string, text: string, part: Partial<Work> = {}): EntityChange =>
  entity("work", `${studentId}/s`, {
    studentId,
    stepId: "s",
    status: "draft",
    version: 0,
    words: 2,
    text,
    ownContribution: "",
    reflection: "",
    sources: [],
    savedAt: at,
    ...part,
  });
const write = (page: HTMLElement, text: string) => {
  fireEvent.input(page.querySelector("textarea") as HTMLTextAreaElement, { target: { value: text } });
  // As when the page is left.
  dispatchEvent(new Event("pagehide"));
};
const drafts = (lesson: FakeLesson) => lesson.sent.filter((s) => s.name === "SaveDraft").map((s) => s.for);
const turn = (name: string) => screen.queryByTestId(`turn-${name}`);

test("a blank work is written together; who was chosen to write alone is still alone after a reload, and words go to that one", async () => {
  const lesson = fakeLesson([two, step]);
  write(show(lesson, <WorkView stepId="s" />), "бірге жаздық");
  await waitFor(() => assert.deepEqual(drafts(lesson), [["Айдар", "Сәуле"]]));
  assert.equal(screen.queryByTestId("writes-apart"), null);
  fireEvent.click(turn("Сәуле") as HTMLElement);
  cleanup();
  const again = fakeLesson([two, step]);
  write(show(again, <WorkView stepId="s" />), "менің сырым");
  await waitFor(() => assert.deepEqual(drafts(again), [["Сәуле"]]));
});

test("what the first wrote alone goes to nobody else, also where no choice was kept, and is taken in by a press and a yes", async () => {
  const lesson = fakeLesson([two, step, work("Айдар", "менің сөзім")]);
  const page = show(lesson, <WorkView stepId="s" />);
  assert.equal(turn(""), null, "they have nothing in common to go on with");
  assert.equal(turn("Айдар")?.getAttribute("aria-pressed"), "true");
  write(page, "менің сөзім көп");
  await waitFor(() => assert.deepEqual(drafts(lesson), [["Айдар"]]));
  lesson.store.patch(1, 2, [work("Айдар", "менің сөзім көп")]);
  fireEvent.click(await screen.findByTestId("take-in-Сәуле"));
  assert.equal(drafts(lesson).length, 1, "not before the yes");
  fireEvent.click(screen.getByTestId("take-in-Сәуле-yes"));
  await waitFor(() => assert.deepEqual(drafts(lesson), [["Айдар"], ["Сәуле"]]));
  assert.deepEqual(lesson.sent[1]?.fields, lesson.sent[0]?.fields);
  lesson.store.patch(2, 3, [work("Сәуле", "менің сөзім көп")]);
  await waitFor(() => assert.equal(turn("")?.getAttribute("aria-pressed"), "true", "from now on together"));
});

test("a reflection of one's own parts two works, whose texts are the same; nobody is left out without a word", () => {
  inEachLanguage((language) => {
    localStorage.clear();
    const same = [work("Айдар", "бірге"), work("Тимур", "бірге")];
    const lesson = fakeLesson([me("Сәуле", "Тимур"), step, ...same, work("Сәуле", "бірге", { reflection: "қиын" })]);
    const page = show(lesson, <WorkView stepId="s" />, language);
    assert.equal(screen.getByTestId("writes-apart").textContent, `${w().share.writesApart}: Сәуле`);
    assert.equal(turn("")?.getAttribute("aria-pressed"), "true");
    assert.ok(page.textContent?.includes(w().share.workTogether));
    fireEvent.click(turn("Сәуле") as HTMLElement);
    assert.equal(page.querySelectorAll("textarea")[2]?.value, "қиын");
    assert.equal(screen.queryByTestId("take-in-Айдар"), null, "who has words of its own loses none");
    cleanup();
  });
});

test("what stands on the device of one child's draft is not saved for both", async () => {
  localStorage.setItem("ortaq.draft/Айдар/s", JSON.stringify({ text: "сыр", ownContribution: "", reflection: "", sources: [] }));
  const lesson = fakeLesson([two, step]);
  const page = show(lesson, <WorkView stepId="s" />);
  assert.equal(page.querySelector("textarea")?.value, "");
  setAlone(lesson, "s", "Айдар");
  await waitFor(() => assert.deepEqual(drafts(lesson), [["Айдар"]]));
});

test("each child replies to the feedback on its own work", async () => {
  const feedback: Feedback = {
    studentId: "Сәуле",
    stepId: "s",
    workVersion: 1,
    status: "released",
    items: [],
    note: "Жақсы",
    edited: false,
    droppedQuotes: 0,
  };
  const handedIn = { status: "handedIn" as const, version: 1, submission: "сөзім бар" };
  const lesson = fakeLesson([two, step, work("Сәуле", "сөзім бар", handedIn), entity("feedback", "f", feedback)]);
  const page = show(lesson, <WorkView stepId="s" />);
  assert.equal(page.querySelector(".feedback"), null, "Айдар has none");
  fireEvent.click(turn("Сәуле") as HTMLElement);
  const field = page.querySelector(".feedback textarea") as HTMLTextAreaElement;
  fireEvent.input(field, { target: { value: "рақмет" } });
  fireEvent.submit(field.form as HTMLFormElement);
  await waitFor(() =>
    assert.deepEqual(lesson.sent, [{ name: "ReplyToFeedback", fields: { feedbackId: "f", text: "рақмет" }, for: ["Сәуле"] }]),
  );
});

const question: Question = {
  kind: "single",
  text: all("Неге көк?"),
  options: [
    { id: "1", text: all("Шашырау"), why: all("Жарық шашырайды") },
    { id: "2", text: all("Теңіз"), why: all("Теңіз емес") },
  ],
  min: 0,
  max: 0,
  round: 1,
  status: "closed",
  askedAt: at,
};
const answer = (studentId: string, options: string[], part: Partial<Answer> = {}): EntityChange =>
  entity("answer", `q/1/${studentId}`, { questionId: "q", round: 1, studentId, options, at, ...part });
const answers = (page: HTMLElement) => [...page.querySelectorAll("[data-testid=own-answer]")].map((e) => e.textContent);

test("once closed, and in the results, each child's own answer stands by its name, and who gave none is told so", () => {
  inEachLanguage((language) => {
    for (const status of ["closed", "counted", "revealed"] as const) {
      const tally = entity("tally", "q", { rounds: [{ round: 1, answered: 1, counts: [{ key: "2", count: 1 }] }] });
      const page = show(
        fakeLesson([two, answer("Сәуле", ["2"]), tally]),
        <QuestionView id="q" question={{ ...question, status }} />,
        language,
      );
      assert.deepEqual(answers(page), [`Айдар${w().question.missed}`, `Сәуле${w().question.yours}Теңіз`], status);
      assert.equal(page.textContent?.includes(w().question.closed), status === "closed");
      assert.equal(page.querySelectorAll(".result .strong").length, status === "closed" ? 0 : 1);
      cleanup();
    }
  });
});

test("what two said together stands once with both names; one child alone is not named", () => {
  const said = { together: true };
  const both = show(
    fakeLesson([two, answer("Айдар", ["1"], said), answer("Сәуле", ["1"], said)]),
    <QuestionView id="q" question={question} />,
  );
  assert.deepEqual(answers(both), [`Айдар, Сәуле${w().question.yours}Шашырау`]);
  cleanup();
  assert.deepEqual(answers(show(fakeLesson([me(), answer("Айдар", ["1"])]), <QuestionView id="q" question={question} />)), [
    `${w().question.yours}Шашырау`,
  ]);
});

test("the tutor is asked by a child that says its name, and only that one's thread is read", async () => {
  const exchange = (studentId: string, text: string): Exchange => ({ studentId, stepId: "s", question: text, at, answer: `${text} жауап` });
  const lesson = fakeLesson(
    [
      two,
      step,
      work("Сәуле", "менің сөзім"),
      entity("exchange", "x", exchange("Айдар", "Айдардікі")),
      entity("exchange", "y", exchange("Сәуле", "Сәуленікі")),
    ],
    [],
    true,
  );
  const page = show(lesson, <TutorCard stepId="s" />);
  fireEvent.click(screen.getByTestId("tutor-door"));
  screen.getByText(w().share.whoAsks);
  assert.equal(document.querySelectorAll(".exchange").length, 0);
  assert.equal(screen.queryByTestId("tutor-text"), null);
  fireEvent.click(turn("Айдар") as HTMLElement);
  screen.getByText("Айдардікі");
  screen.getByTestId("own-draft-first");
  fireEvent.click(turn("Сәуле") as HTMLElement);
  assert.equal(screen.queryByText("Айдардікі"), null);
  fireEvent.input(screen.getByTestId("tutor-text"), { target: { value: "Неге?" } });
  fireEvent.click(screen.getByTestId("tutor-send"));
  await waitFor(() => assert.deepEqual(lesson.sent.at(-1)?.for, ["Сәуле"]));
  assert.equal(lesson.sent.at(-1)?.name, "AskTutor");
  assert.ok(page);
});
