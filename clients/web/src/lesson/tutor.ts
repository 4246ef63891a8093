import { signal } from "@preact/signals";

/** Whether a model tells explanations here and now; else it is the kit author's prepared text. */
export const modelTells = signal(false);
