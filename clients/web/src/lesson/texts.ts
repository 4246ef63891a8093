// The streamed text of explanations by (explanation, variant). Offsets count UTF-16 units, as JavaScript does.
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Explanation, Variant } from "../protocol/types";

export type StreamedText = { readonly text: string; readonly sentenceEnds: readonly number[] };
export type Sentence = { index: number; text: string /** Its end is certain: it can be pressed. */; whole: boolean };

export const noText: StreamedText = { text: "", sentenceEnds: [] };

/**
 * The text becomes `text[0..offset] + chunk`; null when there is a hole before the offset. A reply to `ReadText` comes beside the stream and
 * may be older: a part of what is known already takes nothing away.
 */
export function append(known: StreamedText, offset: number, chunk: string, sentenceEnds: readonly number[]): StreamedText | null {
  if (offset > known.text.length) return null;
  const received = known.text.slice(0, offset) + chunk;
  const text = known.text.startsWith(received) ? known.text : received;
  // Sentence ends of a text that was replaced by another one are worth nothing.
  const kept = text.startsWith(known.text) ? known.sentenceEnds : known.sentenceEnds.filter((e) => e <= offset);
  return { text, sentenceEnds: [...new Set([...kept, ...sentenceEnds])].sort((a, b) => a - b) };
}

/** No more than a length: what stands behind it belongs to an earlier stream of the same variant. */
export function truncate(known: StreamedText, length: number): StreamedText {
  if (known.text.length <= length) return known;
  return { text: known.text.slice(0, length), sentenceEnds: known.sentenceEnds.filter((e) => e <= length) };
}

type Explanations = ReadonlyMap<string, Pick<Explanation, "variants">>;

/** Variants whose text may be another one now: streamed again, or finished at another length than was known. */
export function streamedAgain(before: Explanations, after: Explanations): [string, Variant][] {
  const list: [string, Variant][] = [];
  for (const [id, e] of after) {
    for (const v of e.variants) {
      const was = before.get(id)?.variants.find((x) => x.variant === v.variant);
      if (was && was.status !== "running" && (was.status !== v.status || was.length !== v.length)) list.push([id, v.variant]);
    }
  }
  return list;
}

/** Sentences by their ends; what comes after the last end is still streaming. */
export function sentences({ text, sentenceEnds }: StreamedText): Sentence[] {
  const list: Sentence[] = [];
  let start = 0;
  for (const end of sentenceEnds) {
    if (end <= start || end > text.length) continue;
    list.push({ index: list.length, text: text.slice(start, end), whole: true });
    start = end;
  }
  const tail = text.slice(start);
  if (tail.trim() !== "") list.push({ index: list.length, text: tail, whole: false });
  return list;
}

const keyOf = (explanationId: string, variant: string): string => `${explanationId} ${variant}`;

export class Texts {
  #texts = new Map<string, Signal<StreamedText>>();
  /** What is known may be of an earlier stream: the next text from 0 replaces it whole. */
  #stale = new Set<string>();

  of(explanationId: string, variant: string): ReadonlySignal<StreamedText> {
    return this.#cell(explanationId, variant);
  }

  length(explanationId: string, variant: string): number {
    return this.#cell(explanationId, variant).peek().text.length;
  }

  /** The offset to read on from. */
  readFrom(explanationId: string, variant: string): number {
    return this.#stale.has(keyOf(explanationId, variant)) ? 0 : this.length(explanationId, variant);
  }

  /** False when there is a hole: the caller reads again from `readFrom`. */
  append(explanationId: string, variant: string, offset: number, chunk: string, sentenceEnds: readonly number[]): boolean {
    const cell = this.#cell(explanationId, variant);
    const key = keyOf(explanationId, variant);
    // A text that is read again comes whole; a later piece of it says nothing yet.
    if (this.#stale.has(key) && offset > 0) return true;
    const known = this.#stale.delete(key) ? noText : cell.peek();
    const next = append(known, offset, chunk, sentenceEnds);
    if (next) cell.value = next;
    return next !== null;
  }

  /** The text is to be read from its beginning. What is known stays in sight until it comes. */
  restart(explanationId: string, variant: string): void {
    if (this.length(explanationId, variant) > 0) this.#stale.add(keyOf(explanationId, variant));
  }

  /** A finished text is as long as the lesson says; false when some of it is missing. */
  complete(explanationId: string, variant: string, length: number): boolean {
    const cell = this.#cell(explanationId, variant);
    if (this.#stale.has(keyOf(explanationId, variant))) return false;
    cell.value = truncate(cell.peek(), length);
    return cell.peek().text.length === length;
  }

  #cell(explanationId: string, variant: string): Signal<StreamedText> {
    const key = keyOf(explanationId, variant);
    let cell = this.#texts.get(key);
    if (!cell) {
      cell = signal(noText);
      this.#texts.set(key, cell);
    }
    return cell;
  }
}
