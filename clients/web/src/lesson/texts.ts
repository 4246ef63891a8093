// The text of explanations by (explanation, variant). Offsets count UTF-16 units, as JavaScript does.
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Explanation, Variant } from "../protocol/types";

export type Telling = { readonly text: string; readonly ends: readonly number[] };
export type Sentence = { index: number; text: string /** Its end is certain: it can be pressed. */; whole: boolean };

export const silence: Telling = { text: "", ends: [] };

/**
 * The text becomes `text[0..offset] + chunk`; null when there is a hole before the offset. What is read comes beside what is told and may
 * be older: a part of what is known already takes nothing away.
 */
export function tell(told: Telling, offset: number, chunk: string, ends: readonly number[]): Telling | null {
  if (offset > told.text.length) return null;
  const heard = told.text.slice(0, offset) + chunk;
  const text = told.text.startsWith(heard) ? told.text : heard;
  // Ends of a text that was replaced by another one are worth nothing.
  const kept = text.startsWith(told.text) ? told.ends : told.ends.filter((e) => e <= offset);
  return { text, ends: [...new Set([...kept, ...ends])].sort((a, b) => a - b) };
}

/** No more than a length: what stands behind it belongs to an earlier telling. */
export function cut(told: Telling, length: number): Telling {
  return told.text.length <= length ? told : { text: told.text.slice(0, length), ends: told.ends.filter((e) => e <= length) };
}

/** Variants whose text may be another one now: told again, or told to another length than was known. */
export function retold(before: Tellings, after: Tellings): [string, Variant][] {
  const list: [string, Variant][] = [];
  for (const [id, e] of after) {
    for (const v of e.variants) {
      const was = before.get(id)?.variants.find((x) => x.variant === v.variant);
      if (was && was.status !== "running" && (was.status !== v.status || was.length !== v.length)) list.push([id, v.variant]);
    }
  }
  return list;
}
type Tellings = ReadonlyMap<string, Pick<Explanation, "variants">>;

/** Sentences by their ends; what comes after the last end is still being told. */
export function sentences(told: Telling): Sentence[] {
  const list: Sentence[] = [];
  let start = 0;
  for (const end of told.ends) {
    if (end <= start || end > told.text.length) continue;
    list.push({ index: list.length, text: told.text.slice(start, end), whole: true });
    start = end;
  }
  const tail = told.text.slice(start);
  if (tail.trim() !== "") list.push({ index: list.length, text: tail, whole: false });
  return list;
}

const keyOf = (explanationId: string, variant: string): string => `${explanationId} ${variant}`;

export class Texts {
  #told = new Map<string, Signal<Telling>>();
  /** What stands there may be of an earlier telling: the next text from 0 replaces it whole. */
  #old = new Set<string>();

  of(explanationId: string, variant: string): ReadonlySignal<Telling> {
    return this.#cell(explanationId, variant);
  }

  length(explanationId: string, variant: string): number {
    return this.#cell(explanationId, variant).peek().text.length;
  }

  /** Where to read on. */
  from(explanationId: string, variant: string): number {
    return this.#old.has(keyOf(explanationId, variant)) ? 0 : this.length(explanationId, variant);
  }

  /** False when there is a hole: the caller reads again from `from`. */
  tell(explanationId: string, variant: string, offset: number, chunk: string, ends: readonly number[]): boolean {
    const cell = this.#cell(explanationId, variant);
    const key = keyOf(explanationId, variant);
    // A text that is asked for again comes whole; a piece of it tells nothing yet.
    if (this.#old.has(key) && offset > 0) return true;
    const next = this.#old.delete(key) ? tell(silence, offset, chunk, ends) : tell(cell.peek(), offset, chunk, ends);
    if (next) cell.value = next;
    return next !== null;
  }

  /** The text is to be read from its beginning. What is known stays in sight until it comes. */
  restart(explanationId: string, variant: string): void {
    if (this.length(explanationId, variant) > 0) this.#old.add(keyOf(explanationId, variant));
  }

  /** A text told to its end is as long as the lesson says; false when some of it is missing. */
  settle(explanationId: string, variant: string, length: number): boolean {
    const cell = this.#cell(explanationId, variant);
    if (this.#old.has(keyOf(explanationId, variant))) return false;
    cell.value = cut(cell.peek(), length);
    return cell.peek().text.length === length;
  }

  #cell(explanationId: string, variant: string): Signal<Telling> {
    const key = keyOf(explanationId, variant);
    let cell = this.#told.get(key);
    if (!cell) {
      cell = signal(silence);
      this.#told.set(key, cell);
    }
    return cell;
  }
}

/** A model that writes Markdown all the same: a heading is a sentence, a bullet is a dot. */
export const plain = (text: string): string => text.replace(/^#{1,6}\s+/, "").replace(/^[-*]\s+/, "• ");
