// Children who share this phone: each has a seat, and an act says for whom of them it is.
import { signal } from "@preact/signals";
import { onDevice } from "../device/kept";
import type { Work } from "../protocol/types";
import { draftOf } from "./drafts";
import type { Lesson } from "./lesson";

export type OnPhone = { id: string; nickname: string };

/** All on this phone, the one whose ticket it is first; who waits to be let in is not yet there. */
export function phoneOf(lesson: Lesson): OnPhone[] {
  const me = lesson.store.one("me");
  if (!me) return [];
  const others = (me.sharing ?? []).filter((s) => !s.waiting).map((s) => ({ id: s.studentId, nickname: s.nickname }));
  return [{ id: me.studentId, nickname: me.nickname }, ...others];
}

/** For whom an act of one child is, where the phone has others, or one who still waits at the door: who comes in before it would else speak by its ticket. */
export function mine(lesson: Lesson): string[] | undefined {
  const me = lesson.store.one("me");
  return me?.sharing?.length ? [me.studentId] : undefined;
}

/** For whom an act of the whole phone is; undefined when there is one child alone. */
export function together(lesson: Lesson): string[] | undefined {
  const all = phoneOf(lesson);
  return all.length > 1 ? all.map((c) => c.id) : undefined;
}

// Of the phone, whoever of its children leaves it.
const apartKey = (lesson: Lesson): string => `ortaq.apart/${lesson.classroomId}`;
const changed = signal(0);

/** Whether the children of this phone answer one by one: as they chose, or as the teacher asks. */
export function apart(lesson: Lesson): boolean {
  changed.value;
  return phoneOf(lesson).length > 1 && (lesson.store.one("pace")?.eachChild === true || onDevice.get(apartKey(lesson)) === "1");
}

export function setApart(lesson: Lesson, on: boolean): void {
  onDevice.set(apartKey(lesson), on ? "1" : undefined);
  changed.value++;
}

const aloneKey = (lesson: Lesson, stepId: string): string => `ortaq.alone/${lesson.classroomId}/${stepId}`;

/** Who was chosen to write alone in a step; undefined: nobody. Kept over a reload: a page that forgot it would give one child's words to all. */
export function aloneIn(lesson: Lesson, stepId: string): string | undefined {
  changed.value;
  return onDevice.get(aloneKey(lesson, stepId));
}

export function setAlone(lesson: Lesson, stepId: string, studentId: string | undefined): void {
  onDevice.set(aloneKey(lesson, stepId), studentId);
  changed.value++;
}

/** Of a work all that a child writes, and how far along it is: as the server compares. Nothing at all is as a blank one. */
const contentOf = (work: Work | undefined, shots: readonly string[] = []): string =>
  JSON.stringify([work?.status ?? "draft", draftOf(work), shots]);

/** Which photos a child has with a work: the same for copies that several have of one. */
const shotsOf = (lesson: Lesson, studentId: string, stepId: string): string[] =>
  [...lesson.store.all("photo").values()]
    .filter((p) => p.studentId === studentId && p.stepId === stepId)
    .map((p) => p.shot)
    .sort();

export const isBlank = (work: Work | undefined): boolean => contentOf(work) === contentOf(undefined);

/** Whose works in a step are one, so that they go on together: two or three of the phone, or nobody. */
export function togetherIn(lesson: Lesson, stepId: string): OnPhone[] {
  const contents = phoneOf(lesson).map((child) => ({
    child,
    content: contentOf(lesson.store.one("work", `${child.id}/${stepId}`), shotsOf(lesson, child.id, stepId)),
  }));
  const groups = contents.map((of) => contents.filter((c) => c.content === of.content).map((c) => c.child));
  return groups.find((group) => group.length > 1) ?? [];
}
