// The text of explanations by (explanation, variant). Offsets count UTF-16 units, as JavaScript does.
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";

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

export class Texts {
  #told = new Map<string, Signal<Telling>>();

  of(explanationId: string, variant: string): ReadonlySignal<Telling> {
    return this.#cell(explanationId, variant);
  }

  length(explanationId: string, variant: string): number {
    return this.#cell(explanationId, variant).peek().text.length;
  }

  /** False when there is a hole: the caller reads again from `length`. */
  tell(explanationId: string, variant: string, offset: number, chunk: string, ends: readonly number[]): boolean {
    const cell = this.#cell(explanationId, variant);
    const next = tell(cell.peek(), offset, chunk, ends);
    if (next) cell.value = next;
    return next !== null;
  }

  #cell(explanationId: string, variant: string): Signal<Telling> {
    const key = `${explanationId} ${variant}`;
    let cell = this.#told.get(key);
    if (!cell) {
      cell = signal(silence);
      this.#told.set(key, cell);
    }
    return cell;
  }
}
