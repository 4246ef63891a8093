// Keeps the text that a screen shows whole: asks for it when it is opened, after a reconnect, and when a part of it is missing.
import { methods } from "../protocol/messages";
import type { Explanation, Variant } from "../protocol/types";
import type { Store } from "./store";
import { streamedAgain, type Texts } from "./texts";

/** How many times a finished text that came short is asked for again. */
const maxReads = 20;
const pauseBetweenReads = 500;

type Reader = { invoke<T>(method: string, ...args: unknown[]): Promise<T>; readonly live: () => boolean };

export class TextReader {
  #open = new Map<string, Variant>();
  #reads = new Map<string, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly store: Store,
    private readonly texts: Texts,
    private readonly connection: Reader,
  ) {}

  /** A screen follows one explanation at a time; an earlier one that was read stays in `texts`. */
  open(id: string, variant: Variant): void {
    if (this.#open.get(id) === variant) return;
    this.#open.clear();
    this.#open.set(id, variant);
    if (this.connection.live()) this.#read(id, variant);
    this.#complete(id, variant);
  }

  /** A part of a text came. */
  received(id: string, variant: Variant, offset: number, chunk: string, sentenceEnds: readonly number[]): void {
    if (this.texts.append(id, variant, offset, chunk, sentenceEnds)) this.#complete(id, variant);
    else this.#read(id, variant);
  }

  /** The view changed: a variant that is streamed again replaces its text, which is read from the beginning. */
  viewChanged(before: ReadonlyMap<string, Explanation>): void {
    const after = this.store.peek("explanation");
    if (after === before) return;
    for (const [id, variant] of streamedAgain(before, after)) {
      this.texts.restart(id, variant);
      if (this.#open.get(id) === variant) this.#read(id, variant);
    }
    for (const [id, variant] of this.#open) this.#complete(id, variant);
  }

  /** Entered, for the first time or again: what was missed meanwhile is not known. */
  entered(): void {
    for (const [id, variant] of this.#open) {
      this.texts.restart(id, variant);
      this.#read(id, variant);
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** A finished text is whole, or is asked for again: right after a release the text's owner may not know of it yet. */
  #complete(id: string, variant: Variant): void {
    const state = this.store
      .peek("explanation")
      .get(id)
      ?.variants.find((v) => v.variant === variant);
    if (!state || (state.status !== "finished" && state.status !== "failed")) return;
    const whole = this.texts.complete(id, variant, state.length);
    if (this.#open.get(id) !== variant) return;
    clearTimeout(this.#timer);
    if (whole) return;
    const reads = (this.#reads.get(id + variant) ?? 0) + 1;
    if (reads > maxReads) return;
    this.#reads.set(id + variant, reads);
    this.#timer = setTimeout(() => this.#open.get(id) === variant && this.connection.live() && this.#read(id, variant), pauseBetweenReads);
  }

  #read(id: string, variant: Variant): void {
    void this.connection.invoke(methods.readText, id, variant, this.texts.readFrom(id, variant)).catch(() => {});
  }
}
