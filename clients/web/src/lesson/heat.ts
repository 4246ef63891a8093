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

/** One sentence of an explanation, in all variants in which it says the same. */
export type LostAt = { count: number; readers: number; who: string[]; spots: HeatSpot[] };

/** Where students are lost, most first: what says the same in several languages is one place. */
export function lostAt(spots: readonly HeatSpot[]): LostAt[] {
  const places: LostAt[] = [];
  for (const spot of spots) {
    if (spot.count <= 0) continue;
    const same = places.find((p) => p.spots.some((s) => s.sentence === spot.sentence && s.same?.some((x) => x.variant === spot.variant)));
    if (!same) {
      places.push({ count: spot.count, readers: spot.readers, who: [...(spot.who ?? [])], spots: [spot] });
      continue;
    }
    same.count += spot.count;
    same.readers += spot.readers;
    same.who.push(...(spot.who ?? []));
    same.spots.push(spot);
    same.spots.sort((a, b) => b.count - a.count);
  }
  return places.sort((a, b) => b.count - a.count);
}

/** The step's last explanation, and where students are lost in it. */
export function lostIn(lesson: Lesson, stepId: string | undefined): { id: string; explanation: Explanation; places: LostAt[] } | undefined {
  const last = explanationsOf(lesson, stepId).at(-1);
  const places = last ? lostAt(lesson.store.one("heat", last[0])?.spots ?? []) : [];
  return last && places.length > 0 ? { id: last[0], explanation: last[1], places } : undefined;
}

/** The sentence in a variant: as the server says it, else as this screen has read it. */
export const wordsOf = (lesson: Lesson, explanation: Explanation, spot: HeatSpot): string | undefined =>
  spot.text ?? sentenceText(lesson, explanation, spot.variant, spot.sentence);
