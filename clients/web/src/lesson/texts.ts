// The streamed text of explanations by (the explanation's number in the lesson, variant). A variant that is streamed again has a higher
// epoch. Offsets count UTF-16 units, as JavaScript does.
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Variant, VariantState } from "../protocol/types";

export type StreamedText = {
  readonly text: string;
  readonly sentenceEnds: readonly number[];
  /** Whether it is prepared text, which no AI wrote; undefined while that is not known. */
  readonly prepared?: boolean;
};
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

/** No more than a length: a text that was withheld at its end was longer while it streamed. */
export function truncate(known: StreamedText, length: number): StreamedText {
  if (known.text.length <= length) return known;
  return { ...known, text: known.text.slice(0, length), sentenceEnds: known.sentenceEnds.filter((e) => e <= length) };
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

/** @property newest the highest epoch received; the text in sight may be of an earlier one */
type Entry = { text: Signal<StreamedText>; epoch: number; newest: number };

export class Texts {
  #entries = new Map<string, Entry>();

  of(number: number, variant: Variant): ReadonlySignal<StreamedText> {
    return this.#entry(number, variant).text;
  }

  /** The offset to read on from: an earlier epoch's text is of no use. */
  readFrom(number: number, variant: Variant): number {
    const { text, epoch, newest } = this.#entry(number, variant);
    return epoch === newest ? text.peek().text.length : 0;
  }

  /**
   * A chunk of an older epoch is dropped; a newer epoch replaces the text from its first chunk on, until which the old one stays in sight.
   * False when there is a hole: the caller reads again from `readFrom`.
   */
  append(
    number: number,
    variant: Variant,
    epoch: number,
    offset: number,
    chunk: string,
    sentenceEnds: readonly number[],
    prepared?: boolean | null,
  ): boolean {
    const entry = this.#entry(number, variant);
    if (epoch < entry.newest) return true;
    entry.newest = epoch;
    const known = entry.epoch === epoch ? entry.text.peek() : noText;
    const next = append(known, offset, chunk, sentenceEnds);
    if (!next) return false;
    entry.epoch = epoch;
    const from = prepared ?? known.prepared;
    entry.text.value = from === undefined ? next : { ...next, prepared: from };
    return true;
  }

  /** An ended text is as long as the lesson says: cut if it is longer, false when some of it is missing. */
  complete(number: number, { variant, epoch, length }: Pick<VariantState, "variant" | "epoch" | "length">): boolean {
    const entry = this.#entry(number, variant);
    // What is said of an earlier epoch says nothing of this one.
    if (epoch < entry.newest) return true;
    entry.newest = epoch;
    if (entry.epoch === epoch) entry.text.value = truncate(entry.text.peek(), length);
    return entry.text.peek().text.length === length && (entry.epoch === epoch || length === 0);
  }

  #entry(number: number, variant: Variant): Entry {
    const key = `${number} ${variant}`;
    let entry = this.#entries.get(key);
    if (!entry) {
      entry = { text: signal(noText), epoch: 0, newest: 0 };
      this.#entries.set(key, entry);
    }
    return entry;
  }
}
