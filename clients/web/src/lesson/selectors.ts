// What every part of the student's room needs, by context.
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Explanation, Language, Level, Question, Variant, Work } from "../protocol/types";
import type { Lesson } from "./lesson";

export const LessonContext = createContext<Lesson | undefined>(undefined);

export function useLesson(): Lesson {
  const lesson = useContext(LessonContext);
  if (!lesson) throw new Error("no lesson around");
  return lesson;
}

export const variantOf = (me: { language: Language; level: Level } | undefined): Variant =>
  `${me?.language ?? "kk"}-${me?.level ?? "standard"}`;

const byTime = (a: string, b: string): number => Date.parse(a) - Date.parse(b);

/** Explanations of a step, oldest first. */
export function explanationsOf(lesson: Lesson, stepId: string | undefined): [string, Explanation][] {
  return [...lesson.store.all("explanation")]
    .filter(([, e]) => e.stepId === stepId)
    .sort(([, a], [, b]) => byTime(a.startedAt, b.startedAt));
}

/** The question to show: the last one asked in this step, or one without a step that is still open. */
export function questionOf(lesson: Lesson, stepId: string | undefined): [string, Question] | undefined {
  return [...lesson.store.all("question")]
    .filter(([, q]) => q.stepId === stepId || (!q.stepId && q.status !== "closed"))
    .sort(([, a], [, b]) => byTime(a.askedAt, b.askedAt))
    .at(-1);
}

/** The step whose work is in hand: the current one if it has a task, else the last one worked on. */
export function workStepOf(lesson: Lesson, stepId: string | undefined): string | undefined {
  if (stepId && lesson.store.one("step", stepId)?.task) return stepId;
  const works: Work[] = [...lesson.store.all("work").values()].sort((a, b) => byTime(a.savedAt, b.savedAt));
  return works.at(-1)?.stepId;
}
