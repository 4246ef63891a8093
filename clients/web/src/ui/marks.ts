// Formulas and tables are in few texts: what finds and shows them comes once a child is in, or with the first text that may have some, and again until it is
// there. Until then such a text stands as it was written.
import { computed, signal } from "@preact/signals";
import { late } from "./late";

type Marks = typeof import("./formula/marked");

export const marked = late(() => import("./formula/marked"));
const isWanted = signal(false);

/** It does not come, and a text is on the screen that needs it. */
export const isLacking = computed(() => isWanted.value && !marked.here.value && marked.failures.value > 1);

/** Undefined for a text that has none, and until they have come; reading it in a component follows that. */
export function marks(text: string): Marks | undefined {
  if (!/[$\\]|^\s*\|/m.test(text)) return undefined;
  marked.fetch();
  if (!marked.here.value) isWanted.value = true;
  return marked.here.value;
}

/** What may be shown of a sentence that still streams: a formula that has begun waits for its end. */
export function begun(text: string): string {
  const sign = text.search(/[$\\]/);
  if (sign < 0) return text;
  return marks(text)?.withoutBegun(text) ?? text.slice(0, sign);
}
