// The students' private threads with the tutor, as far as the teacher may see them.
import type { Exchange, Flag, Thread } from "../protocol/types";
import type { Lesson } from "./lesson";
import { byTime } from "./time";

/** Flags that somebody has to look at at once. */
export const urgent: ReadonlySet<string> = new Set(["distress", "unsafe"]);

export function exchangesOf(lesson: Lesson, studentId: string): [string, Exchange][] {
  return [...lesson.store.all("exchange")].filter(([, e]) => e.studentId === studentId).sort(([, a], [, b]) => byTime(a.at, b.at));
}

/** Each flag once, the urgent first. */
export function flagsOf(thread: Thread): string[] {
  const names = [...new Set((thread.flags ?? []).map((f) => f.flag))];
  return names.sort((a, b) => Number(urgent.has(b)) - Number(urgent.has(a)) || Number(b === "distress") - Number(a === "distress"));
}

/** Flags of what the teacher has not read yet. */
export const unread = (lesson: Lesson, thread: Thread): Flag[] =>
  (thread.flags ?? []).filter((f) => !lesson.store.all("exchange").has(f.exchangeId));
