// What screens read of written work.
import type { Work } from "../protocol/types";
import type { Lesson } from "./lesson";
import { byTime } from "./time";

/** The step whose work is shown to the student: the current one if it has a task, else the last one worked on. */
export function workStepOf(lesson: Lesson, stepId: string | undefined): string | undefined {
  if (stepId && lesson.store.one("step", stepId)?.task) return stepId;
  const works: Work[] = [...lesson.store.all("work").values()].sort((a, b) => byTime(a.savedAt, b.savedAt));
  return works.at(-1)?.stepId;
}
