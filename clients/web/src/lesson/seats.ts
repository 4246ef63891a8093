import type { Seat } from "../protocol/types";
import type { Lesson } from "./lesson";

/** Also of somebody who was removed: what they did is still there. */
export const nameOf = (lesson: Lesson, studentId: string): string =>
  (lesson.store.one("seat", studentId) ?? lesson.store.one("removed", studentId))?.nickname ?? "…";

/** All children on the phone of a student, as they are called: who goes to that desk meets them all. */
export const namesOnPhone = (lesson: Lesson, studentId: string): string =>
  [studentId, ...(lesson.store.one("seat", studentId)?.sharedWith ?? [])].map((id) => nameOf(lesson, id)).join(", ");

/** Connected just now, on its own screen or on one that it shares. */
export const isHere = (lesson: Lesson, studentId: string): boolean =>
  [studentId, ...(lesson.store.one("seat", studentId)?.sharedWith ?? [])].some((id) => lesson.present.value.has(id));

/** Whether some children share a phone. */
export const isAnyShared = (lesson: Lesson): boolean => [...lesson.store.all("seat").values()].some((s) => s.sharedWith);

/** Seats by nickname. */
export function seatsOf(lesson: Lesson): [string, Seat][] {
  return [...lesson.store.all("seat")].sort(([, a], [, b]) => a.nickname.localeCompare(b.nickname));
}
