import { inLanguage } from "../../i18n";
import { useLesson } from "../../lesson/context";
import type { Lesson } from "../../lesson/lesson";
import type { Explanation, Pace, Prompt, Question, Step } from "../../protocol/types";
import { Picture } from "../../ui/Picture";
import { Rich } from "../../ui/Rich";
import { Ideas, PromptSlab, Why } from "./Companions";
import { ExplanationMain } from "./ExplanationMain";
import { Fit } from "./Fit";
import { PromptMain } from "./PromptMain";
import { QuestionMain } from "./QuestionMain";

type Main =
  | { kind: "text" }
  | { kind: "explanation"; id: string; e: Explanation }
  | { kind: "question"; id: string; q: Question }
  | { kind: "prompt"; prompt: Prompt };

/** What a board shows of a step: the newest explanation, question or discussion task, and at most one companion beside it. */
export type Scene = { stepId: string; main: Main; companion: Companion | undefined; prompt: Prompt | undefined };
type Companion = "prompt" | "ideas" | "why";

export function sceneOf(lesson: Lesson, stepId: string): Scene {
  const prompt = lesson.store.one("prompt", stepId);
  const main = newest(lesson, stepId, prompt);
  return { stepId, main, companion: beside(lesson, main, stepId, prompt), prompt };
}

/** A discussion has a clock of its own, and a question may have one. */
export const isTimed = (scene: Scene): boolean => scene.main.kind === "prompt" || scene.companion === "prompt" || isAskedWithTime(scene);

/** Then no other clock is on the board. */
const isAskedWithTime = ({ main }: Scene): boolean => main.kind === "question" && main.q.endsAt !== undefined;

export function Live({ pace, scene, mayDraw = false }: { pace: Pace; scene: Scene; mayDraw?: boolean }) {
  const lesson = useLesson();
  const { stepId, main, companion, prompt } = scene;
  return (
    <main class={`stage ${companion ? "two" : ""}`}>
      {main.kind === "text" && <StepText step={lesson.store.one("step", stepId)} />}
      {main.kind === "explanation" && <ExplanationMain key={main.id} id={main.id} explanation={main.e} />}
      {main.kind === "question" && <QuestionMain id={main.id} question={main.q} joined={pace.joined} mayDraw={mayDraw} />}
      {main.kind === "prompt" && <PromptMain prompt={main.prompt} stepId={stepId} mayDraw={mayDraw} />}
      {companion === "prompt" && prompt && (
        <PromptSlab prompt={prompt} stepId={stepId} mayDraw={mayDraw} isStill={isAskedWithTime(scene)} />
      )}
      {companion === "why" && main.kind === "question" && main.q.why && <Why text={main.q.why} image={main.q.whyImage} />}
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

function beside(lesson: Lesson, main: Main, stepId: string, prompt: Prompt | undefined): Companion | undefined {
  if (main.kind === "prompt") {
    return [...lesson.store.all("contribution").values()].some((c) => c.stepId === stepId && !c.hidden) ? "ideas" : undefined;
  }
  if (main.kind === "question" && main.q.why) return "why";
  return prompt && main.kind !== "text" ? "prompt" : undefined;
}

function StepText({ step }: { step: Step | undefined }) {
  const text = inLanguage(step?.board);
  return (
    <section class={`card main stepText ${step?.image ? "pictured" : ""}`}>
      <div class="spread">
        <Fit largest={108} smallest={36} of={text}>
          <Rich text={text} />
        </Fit>
        <Picture image={step?.image} />
      </div>
    </section>
  );
}
