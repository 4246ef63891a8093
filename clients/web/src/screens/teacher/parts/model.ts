// What the console works out from the view: pure reading, no rules of the lesson.

import { w } from "../../../i18n/teacher";
import type { Lesson } from "../../../lesson/lesson";
import { explanationsOf } from "../../../lesson/selectors";
import { sentences } from "../../../lesson/texts";
import type { Answer, Explanation, HeatSpot, Question, Seat, StepHead, Variant } from "../../../protocol/types";

export const byTime = (a: string | undefined, b: string | undefined): number => Date.parse(a ?? "") - Date.parse(b ?? "");

export const nameOf = (lesson: Lesson, studentId: string): string => lesson.store.one("seat", studentId)?.nickname ?? "…";

export function seatsOf(lesson: Lesson): [string, Seat][] {
  return [...lesson.store.all("seat")].sort(([, a], [, b]) => a.nickname.localeCompare(b.nickname));
}

export const indexOf = (steps: readonly StepHead[], stepId: string | undefined): number => steps.findIndex((s) => s.id === stepId);

export function answersOf(lesson: Lesson, questionId: string, round: number): Answer[] {
  return [...lesson.store.all("answer").values()]
    .filter((a) => a.questionId === questionId && a.round === round)
    .sort((a, b) => byTime(a.at, b.at));
}

/** Nicknames of those who have not answered in this round: the ones connected now, and the ones who cannot. */
export function silentOf(lesson: Lesson, questionId: string, q: Question): { here: string[]; away: string[] } {
  const answered = new Set(answersOf(lesson, questionId, q.round).map((a) => a.studentId));
  const silent = seatsOf(lesson).filter(([id]) => !answered.has(id));
  const of = (there: boolean) => silent.filter(([id]) => lesson.present.value.has(id) === there).map(([, s]) => s.nickname);
  return { here: of(true), away: of(false) };
}

/** The question that waits for answers. */
export function openQuestion(lesson: Lesson): [string, Question] | undefined {
  return [...lesson.store.all("question")]
    .filter(([, q]) => q.status === "open")
    .sort(([, a], [, b]) => byTime(a.askedAt, b.askedAt))
    .at(-1);
}

/** The first names, and how many more. */
export const few = (names: readonly string[], max: number): string =>
  names.length <= max ? names.join(", ") : `${names.slice(0, max).join(", ")}, ${w().cards.more(names.length - max)}`;

export type Spot = { id: string; explanation: Explanation; spot: HeatSpot };

/** The sentence most are lost on, in the step's last explanation. */
export function hottest(lesson: Lesson, stepId: string | undefined): Spot | undefined {
  const last = explanationsOf(lesson, stepId).at(-1);
  if (!last) return undefined;
  const spot = lesson.store
    .one("heat", last[0])
    ?.spots.reduce<HeatSpot | undefined>((a, b) => (a && a.count >= b.count ? a : b), undefined);
  return spot && spot.count > 0 ? { id: last[0], explanation: last[1], spot } : undefined;
}

export const sentenceText = (lesson: Lesson, id: string, variant: Variant, index: number): string | undefined =>
  sentences(lesson.texts.of(id, variant).value)[index]?.text.trim();

export const clock = (ms: number): string => {
  const s = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`;
};

export const initials = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((x) => x[0] ?? "")
    .join("")
    .toUpperCase();
