// What the teacher's screen reads of works together with the feedback on them.
import type { Feedback, Work } from "../protocol/types";
import type { Lesson } from "./lesson";
import { nameOf, seatsOf } from "./seats";
import { byTime } from "./time";

/** Drafts of feedback that wait for the teacher to release them. */
export function pendingFeedback(lesson: Lesson, stepId?: string): [string, Feedback][] {
  const handedInAt = (f: Feedback) => lesson.store.one("work", `${f.studentId}/${f.stepId}`)?.handedInAt;
  return [...lesson.store.all("feedback")]
    .filter(([, f]) => f.status === "draft" && (stepId === undefined || f.stepId === stepId))
    .sort(([, a], [, b]) => byTime(handedInAt(a), handedInAt(b)) || 0);
}

/** What children answered to feedback; a reply that was changed has another key. */
export const repliesOf = (lesson: Lesson): { key: string; studentId: string; text: string }[] =>
  [...lesson.store.all("feedback")].flatMap(([id, f]) =>
    f.reply ? [{ key: `${id}/${f.reply.length}`, studentId: f.studentId, text: f.reply }] : [],
  );

/** Who has a seat and has not handed in, as they are called. */
export const notHandedIn = (lesson: Lesson, stepId: string): string[] =>
  seatsOf(lesson)
    .filter(([id]) => lesson.store.one("work", `${id}/${stepId}`)?.status !== "handedIn")
    .map(([, s]) => s.nickname);

/** Whether a child would read anything in it. */
export const saysSomething = (f: Feedback): boolean =>
  f.note !== "" ||
  f.items.some((i) => !f.held?.includes(i.descriptorId) && (i.verdict !== undefined || i.quote !== "" || i.nextStep !== ""));

export type WorkRow = { work: Work; feedback?: { id: string; f: Feedback } };

/** Made together on one phone, it stands in the list once: with who comes first of them. */
const isShownWith = (lesson: Lesson, work: Work): boolean =>
  (work.with ?? []).some((other) => {
    const theirs = lesson.store.one("work", `${other}/${work.stepId}`);
    return other < work.studentId && theirs?.status === work.status && theirs.with?.includes(work.studentId);
  });

const isOn = (f: Feedback, work: Work): boolean =>
  f.stepId === work.stepId && (f.studentId === work.studentId || f.with?.includes(work.studentId) === true);

const versionOf = (lesson: Lesson, f: Feedback, work: Work): number | undefined =>
  f.studentId === work.studentId ? work.version : lesson.store.one("work", `${f.studentId}/${f.stepId}`)?.version;

/** All whose work it is. */
export const makersOf = (work: Work): string[] => [work.studentId, ...(work.with ?? [])];

/** Works of a step with the feedback on their present version; handed in first. */
export function worksOf(lesson: Lesson, stepId: string): WorkRow[] {
  const order = { handedIn: 0, revising: 1, draft: 2 } as const;
  const all = [...lesson.store.all("feedback")];
  return [...lesson.store.all("work").values()]
    .filter((work) => work.stepId === stepId && !isShownWith(lesson, work))
    .sort((a, b) => order[a.status] - order[b.status] || nameOf(lesson, a.studentId).localeCompare(nameOf(lesson, b.studentId)))
    .map((work) => {
      const found = all.filter(([, f]) => isOn(f, work) && f.status !== "failed").sort(([, a], [, b]) => b.workVersion - a.workVersion)[0];
      const failed = all.find(([, f]) => isOn(f, work) && f.workVersion === versionOf(lesson, f, work) && f.status === "failed");
      const mine = found && found[1].workVersion === versionOf(lesson, found[1], work) ? found : undefined;
      const shown = mine ?? failed;
      return shown ? { work, feedback: { id: shown[0], f: shown[1] } } : { work };
    });
}
