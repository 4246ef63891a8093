import type { Question } from "../protocol/types";
import type { Lesson } from "./lesson";
import { byTime } from "./time";

/** The question to show a student: the last one asked in this step, or one without a step that is still open. */
export function questionOf(lesson: Lesson, stepId: string | undefined): [string, Question] | undefined {
  return [...lesson.store.all("question")]
    .filter(([, q]) => q.stepId === stepId || (!q.stepId && q.status !== "closed"))
    .sort(([, a], [, b]) => byTime(a.askedAt, b.askedAt))
    .at(-1);
}
