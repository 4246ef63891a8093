// What screens read of explanations: pure selectors of the view, no rules of the lesson.
import type { Explanation, Language, Level, Provenance, Variant } from "../protocol/types";
import type { Lesson } from "./lesson";
import { byTime } from "./time";

export const variantOf = (me: { language: Language; level: Level } | undefined): Variant =>
  `${me?.language ?? "kk"}-${me?.level ?? "standard"}`;

/** Explanations of a step, oldest first. */
export function explanationsOf(lesson: Lesson, stepId: string | undefined): [string, Explanation][] {
  return [...lesson.store.all("explanation")]
    .filter(([, e]) => e.stepId === stepId)
    .sort(([, a], [, b]) => byTime(a.startedAt, b.startedAt));
}

/** Where a text comes from. While it is still streaming only the server knows the details. */
export const sourceOf = (lesson: Lesson, provenance: Provenance | undefined): Provenance | "model" | "prepared" =>
  provenance ?? (lesson.modelWrites.value ? "model" : "prepared");
