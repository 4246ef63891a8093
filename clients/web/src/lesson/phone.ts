// Children who share this phone: each has a seat, and an act says for whom of them it is.
import { signal } from "@preact/signals";
import { onDevice } from "../device/kept";
import type { Lesson } from "./lesson";

export type OnPhone = { id: string; nickname: string };

/** All on this phone, the one whose ticket it is first; who waits to be let in is not yet there. */
export function phoneOf(lesson: Lesson): OnPhone[] {
  const me = lesson.store.one("me");
  if (!me) return [];
  const others = (me.sharing ?? []).filter((s) => !s.waiting).map((s) => ({ id: s.studentId, nickname: s.nickname }));
  return [{ id: me.studentId, nickname: me.nickname }, ...others];
}

/** For whom an act of the whole phone is; undefined when there is one child alone. */
export function together(lesson: Lesson): string[] | undefined {
  const all = phoneOf(lesson);
  return all.length > 1 ? all.map((c) => c.id) : undefined;
}

const key = (studentId: string): string => `ortaq.apart/${studentId}`;
const changed = signal(0);

/** Whether the children of this phone answer one by one: as they chose, or as the teacher asks. */
export function apart(lesson: Lesson): boolean {
  changed.value;
  const me = lesson.store.one("me");
  return phoneOf(lesson).length > 1 && (lesson.store.one("pace")?.eachChild === true || onDevice.get(key(me?.studentId ?? "")) === "1");
}

export function setApart(lesson: Lesson, on: boolean): void {
  onDevice.set(key(lesson.store.one("me")?.studentId ?? ""), on ? "1" : undefined);
  changed.value++;
}
