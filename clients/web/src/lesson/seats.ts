import type { Seat } from "../protocol/types";
import type { Lesson } from "./lesson";

/** Also of somebody who was removed: what they did is still there. */
export const nameOf = (lesson: Lesson, studentId: string): string =>
  (lesson.store.one("seat", studentId) ?? lesson.store.one("removed", studentId))?.nickname ?? "…";

/** Seats by nickname. */
export function seatsOf(lesson: Lesson): [string, Seat][] {
  return [...lesson.store.all("seat")].sort(([, a], [, b]) => a.nickname.localeCompare(b.nickname));
}
