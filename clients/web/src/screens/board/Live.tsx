import { inLanguage } from "../../i18n";
import { useLesson } from "../../lesson/context";
import type { Lesson } from "../../lesson/lesson";
import type { Explanation, Pace, Prompt, Question } from "../../protocol/types";
import { Rich } from "../../ui/Rich";
import { HeatList, Ideas, PromptSlab, Why } from "./Companions";
import { ExplanationMain } from "./ExplanationMain";
import { PromptMain } from "./PromptMain";
import { QuestionMain } from "./QuestionMain";

type Main =
  | { kind: "text" }
  | { kind: "explanation"; id: string; e: Explanation }
  | { kind: "question"; id: string; q: Question }
  | { kind: "prompt"; prompt: Prompt };

/** The newest explanation, question or discussion task of the step, and at most one companion beside it. */
export function Live({ pace }: { pace: Pace }) {
  const lesson = useLesson();
  const stepId = pace.stepId ?? "";
  const prompt = lesson.store.one("prompt", stepId);
  const main = newest(lesson, stepId, prompt);
  const companion = beside(lesson, main, stepId, prompt);
  // A long text takes more of the width and a little less height, so that all of it fits beside the list.
  const long = main.kind === "explanation" && lesson.texts.of(main.e.number, main.e.boardVariant).value.text.length > 420;
  return (
    <main class={`stage ${companion ? "two" : ""} ${long ? "long" : ""}`}>
      {main.kind === "text" && <StepText text={inLanguage(lesson.store.one("step", stepId)?.board)} />}
      {main.kind === "explanation" && <ExplanationMain key={main.id} id={main.id} explanation={main.e} />}
      {main.kind === "question" && <QuestionMain id={main.id} question={main.q} joined={pace.joined} />}
      {main.kind === "prompt" && <PromptMain prompt={main.prompt} />}
      {companion === "heat" && main.kind === "explanation" && <HeatList id={main.id} explanation={main.e} />}
      {companion === "prompt" && prompt && <PromptSlab prompt={prompt} />}
      {companion === "why" && main.kind === "question" && main.q.why && <Why text={main.q.why} />}
      {companion === "ideas" && <Ideas stepId={stepId} />}
    </main>
  );
}

function newest(lesson: Lesson, stepId: string, prompt: Prompt | undefined): Main {
  const all: { at: number; main: Main }[] = [];
  for (const [id, e] of lesson.store.all("explanation")) {
    if (e.stepId === stepId) all.push({ at: Date.parse(e.startedAt), main: { kind: "explanation", id, e } });
  }
  for (const [id, q] of lesson.store.all("question")) {
    if (q.stepId === stepId || (!q.stepId && q.status === "open"))
      all.push({ at: Date.parse(q.askedAt), main: { kind: "question", id, q } });
  }
  if (prompt) all.push({ at: Date.parse(prompt.pickedAt), main: { kind: "prompt", prompt } });
  return all.sort((a, b) => a.at - b.at).at(-1)?.main ?? { kind: "text" };
}

function beside(lesson: Lesson, main: Main, stepId: string, prompt: Prompt | undefined): "heat" | "prompt" | "ideas" | "why" | undefined {
  if (main.kind === "explanation") {
    const hot = (lesson.store.one("heat", main.id)?.spots ?? []).some((s) => s.variant === main.e.boardVariant && s.count > 0);
    return hot ? "heat" : prompt ? "prompt" : undefined;
  }
  if (main.kind === "prompt") {
    return [...lesson.store.all("contribution").values()].some((c) => c.stepId === stepId && !c.hidden) ? "ideas" : undefined;
  }
  if (main.kind === "question" && main.q.why) return "why";
  return prompt && main.kind === "question" ? "prompt" : undefined;
}

/** The shorter the text, the larger it is shown. */
function StepText({ text }: { text: string }) {
  const size = text.length < 140 ? "l" : text.length < 300 ? "m" : "s";
  return (
    <section class={`card main stepText ${size}`}>
      <Rich text={text} />
    </section>
  );
}
