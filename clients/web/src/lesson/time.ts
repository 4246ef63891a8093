import type { Prompt } from "../protocol/types";

/** Of a discussion: the prompt's own, and those that were added. */
export const minutesOf = (prompt: Prompt): number => prompt.prompt.minutes + (prompt.minutesAdded ?? 0);

/** Orders by time, earliest first. */
export const byTime = (a: string | undefined, b: string | undefined): number => Date.parse(a ?? "") - Date.parse(b ?? "");
