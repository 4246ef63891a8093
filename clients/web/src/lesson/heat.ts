// Where a class is lost: the sentences of an explanation that students pressed.
import type { Explanation, HeatSpot, Variant } from "../protocol/types";
import { explanationsOf } from "./explanations";
import type { Lesson } from "./lesson";
import { sentences } from "./texts";

export const sentenceText = (lesson: Lesson, explanation: Explanation, variant: Variant, index: number): string | undefined =>
  sentences(lesson.texts.of(explanation.number, variant).value)[index]?.text.trim();

export type Heat = 0 | 1 | 2 | 3;
/**
 * Three steps of heat: somebody; some (two and a tenth, or three); many (three and a quarter, or six).
 * `among`: who could be lost there; on a text those who read it, since a class reads several.
 */
export function heatOf(count: number, among: number): Heat {
  if (count <= 0) return 0;
  const share = count / Math.max(1, among);
  if (count >= 6 || (count >= 3 && share >= 0.25)) return 3;
  return count >= 3 || (count >= 2 && share >= 0.1) ? 2 : 1;
}

/** The spot with the most presses; the first of equals. */
export const hottestOf = (spots: readonly HeatSpot[]): HeatSpot | undefined =>
  spots.reduce<HeatSpot | undefined>((a, b) => (a && a.count >= b.count ? a : b), undefined);

/** The sentence most are lost on, in the step's last explanation. */
export function hottest(lesson: Lesson, stepId: string | undefined): { id: string; explanation: Explanation; spot: HeatSpot } | undefined {
  const last = explanationsOf(lesson, stepId).at(-1);
  const spot = last && hottestOf(lesson.store.one("heat", last[0])?.spots ?? []);
  return last && spot && spot.count > 0 ? { id: last[0], explanation: last[1], spot } : undefined;
}
