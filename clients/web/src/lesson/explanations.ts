// What screens read of explanations: pure selectors of the view, no rules of the lesson.
import type { Explanation, Language, Level, Provenance, Source, Variant } from "../protocol/types";
import type { Lesson } from "./lesson";
import type { StreamedText } from "./texts";
import { byTime } from "./time";

export const variantOf = (me: { language: Language; level: Level } | undefined): Variant =>
  `${me?.language ?? "kk"}-${me?.level ?? "standard"}`;

/** Explanations of a step, oldest first. */
export function explanationsOf(lesson: Lesson, stepId: string | undefined): [string, Explanation][] {
  return [...lesson.store.all("explanation")]
    .filter(([, e]) => e.stepId === stepId)
    .sort(([, a], [, b]) => byTime(a.startedAt, b.startedAt));
}

/** Whether it can be told again here: by a model, or because the kit's author wrote it. */
export const canTell = (lesson: Lesson, e: Explanation): boolean =>
  lesson.modelWrites.value || lesson.store.one("step", e.stepId)?.topics?.some((x) => x.topic.kk === e.topic.kk) === true;

/** Where a text comes from. While it is still streaming the details are not known, only which of the two it is. */
export const sourceOf = (lesson: Lesson, provenance: Provenance | undefined, streamed?: StreamedText): Source =>
  knownSource(provenance) ?? ((streamed?.prepared ?? !lesson.modelWrites.value) ? "prepared" : "model");

/** Lessons of earlier days say nothing of where a text is from that was stopped. */
export const knownSource = (provenance: Provenance | undefined): Provenance | undefined => (provenance?.provider ? provenance : undefined);
