// What screens read of written work and the feedback on it.
import type { Feedback, Work } from "../protocol/types";
import type { Lesson } from "./lesson";
import { nameOf } from "./seats";
import { byTime } from "./time";

/** What the student last handed in. */
export const submissionOf = (work: Work | undefined): string | undefined => work?.handed;
/** What was handed in before that. */
export const previousSubmissionOf = (work: Work | undefined): string | undefined => work?.before;

/** The step whose work is shown to the student: the current one if it has a task, else the last one worked on. */
export function workStepOf(lesson: Lesson, stepId: string | undefined): string | undefined {
  if (stepId && lesson.store.one("step", stepId)?.task) return stepId;
  const works: Work[] = [...lesson.store.all("work").values()].sort((a, b) => byTime(a.savedAt, b.savedAt));
  return works.at(-1)?.stepId;
}

/** Drafts of feedback that wait for the teacher to release them. */
export function pendingFeedback(lesson: Lesson, stepId?: string): [string, Feedback][] {
  const handedInAt = (f: Feedback) => lesson.store.one("work", `${f.studentId}/${f.stepId}`)?.handedInAt;
  return [...lesson.store.all("feedback")]
    .filter(([, f]) => f.status === "draft" && (stepId === undefined || f.stepId === stepId))
    .sort(([, a], [, b]) => byTime(handedInAt(a), handedInAt(b)) || 0);
}

export type WorkRow = { work: Work; feedback?: { id: string; f: Feedback } };

/** Works of a step with the feedback on their present version; handed in first. */
export function worksOf(lesson: Lesson, stepId: string): WorkRow[] {
  const order = { handedIn: 0, revising: 1, draft: 2 } as const;
  const all = [...lesson.store.all("feedback")];
  return [...lesson.store.all("work").values()]
    .filter((work) => work.stepId === stepId)
    .sort((a, b) => order[a.status] - order[b.status] || nameOf(lesson, a.studentId).localeCompare(nameOf(lesson, b.studentId)))
    .map((work) => {
      const found = all
        .filter(([, f]) => f.studentId === work.studentId && f.stepId === stepId && f.status !== "failed")
        .sort(([, a], [, b]) => b.workVersion - a.workVersion)[0];
      const failed = all.find(
        ([, f]) => f.studentId === work.studentId && f.stepId === stepId && f.workVersion === work.version && f.status === "failed",
      );
      const mine = found && found[1].workVersion === work.version ? found : undefined;
      const shown = mine ?? failed;
      return shown ? { work, feedback: { id: shown[0], f: shown[1] } } : { work };
    });
}
