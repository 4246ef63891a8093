import { secondsUntil } from "../connection/clock";
import type { Prompt, Question } from "../protocol/types";

/** Of a discussion: the prompt's own, and those that were added. */
export const minutesOf = (prompt: Prompt): number => prompt.prompt.minutes + (prompt.minutesAdded ?? 0);

/** Children had their time to answer and the question is still open. Re-renders each second while it runs. */
export const isTimeOver = (q: Question): boolean => q.status === "open" && !q.stemOnly && !!q.endsAt && secondsUntil(q.endsAt) === 0;

/** Orders by time, earliest first. */
export const byTime = (a: string | undefined, b: string | undefined): number => Date.parse(a ?? "") - Date.parse(b ?? "");
