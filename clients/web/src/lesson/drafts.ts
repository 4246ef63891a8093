// A work being written. Typing is kept on the device at once and sent a second after the last key, a long one more seldom.
import { onDevice } from "../device/kept";
import type { Task, Work } from "../protocol/types";

export type Draft = { text: string; ownContribution: string; reflection: string; sources: string[] };

export const draftOf = (work: Work | undefined): Draft => ({
  text: work?.text ?? "",
  ownContribution: work?.ownContribution ?? "",
  reflection: work?.reflection ?? "",
  sources: work?.sources ?? [],
});

/** As the server counts: runs that hold a letter or a digit. */
export const countWords = (text: string): number => text.split(/\s+/).filter((word) => /[\p{L}\p{Nd}]/u.test(word)).length;

export type Missing = { words: number; own: boolean; reflection: boolean; sources: boolean };

/** What the task asks for and the draft lacks; undefined when nothing. Fewer words can be handed in. */
/** @param photos how many go with it: a drawing needs no text */
export function missing(task: Task, draft: Draft, photos = 0): Missing | undefined {
  const drawn = photos > 0 && draft.text.trim() === "";
  const words = Math.max(draft.text.trim() === "" ? 1 : 0, task.minOwnWords - countWords(draft.text));
  const m: Missing = {
    words: drawn ? 0 : Math.max(0, words),
    own: !drawn && task.aiPolicy !== "none" && draft.ownContribution.trim() === "",
    reflection: task.asksReflection && draft.reflection.trim() === "",
    sources: !drawn && task.asksSources && draft.sources.every((s) => s.trim() === ""),
  };
  return m.words > 0 || m.own || m.reflection || m.sources ? m : undefined;
}

const quiet = 1000;
const lettersASecond = 1000;

/**
 * Milliseconds from a key to the save. A whole draft goes with each, so a long one goes more seldom: half as often as the server would still take it.
 * @param sinceSave milliseconds since the last one, or undefined when there was none
 */
export function saveIn(draft: Draft, sinceSave: number | undefined): number {
  const letters = [draft.text, draft.ownContribution, draft.reflection, ...draft.sources].reduce((n, part) => n + part.length, 0);
  return Math.max(quiet, sinceSave === undefined ? 0 : (letters / lettersASecond) * 1000 - sinceSave);
}

/** Whether the draft can be handed in: what is asked for beside the text is there, and there is a text. */
export const canHandIn = (lacks: Missing | undefined, draft: Draft, photos = 0): boolean =>
  !lacks || ((draft.text.trim() !== "" || photos > 0) && !lacks.own && !lacks.reflection && !lacks.sources);

const keyOf = (studentId: string, stepId: string): string => `ortaq.draft/${studentId}/${stepId}`;

export function keepDraft(studentId: string, stepId: string, draft: Draft | undefined): void {
  onDevice.set(keyOf(studentId, stepId), draft && JSON.stringify(draft));
}

/** What was typed on this device and is not known to be saved. */
export function keptDraft(studentId: string, stepId: string): Draft | undefined {
  try {
    return (JSON.parse(onDevice.get(keyOf(studentId, stepId)) ?? "null") as Draft | null) ?? undefined;
  } catch {
    return undefined;
  }
}
