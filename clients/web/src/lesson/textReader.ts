// Keeps the text that a screen shows whole: reads it when it is opened, after a reconnect, when a part of the stream is missing, and once
// when it has ended and the view says that it is longer than what is known.
import { backoff, sleep } from "../connection/backoff";
import { isRetryable } from "../connection/outbox";
import { methods } from "../protocol/messages";
import type { Reply, Variant, VariantState } from "../protocol/types";
import type { Store } from "./store";
import type { Texts } from "./texts";

type Reader = { invoke<T>(method: string, ...args: unknown[]): Promise<T>; readonly live: () => boolean };
/** @property reading calls under way
 * @property failures calls that failed one after another */
type Open = { id: string; variant: Variant; reading: number; failures: number };

const endOf = (state: VariantState): string => `${state.variant} ${state.epoch} ${state.length}`;

export class TextReader {
  #open: Open | undefined;
  /** Which end of which explanation the last read was made after: it brings all of that. */
  #readAfter = new Map<string, string>();

  constructor(
    private readonly store: Store,
    private readonly texts: Texts,
    private readonly connection: Reader,
    private readonly pause: (ms: number) => Promise<void> = sleep,
  ) {}

  /** A screen follows one explanation at a time; an earlier one that was read stays in `texts`. */
  open(id: string, variant: Variant): void {
    if (this.#open?.id === id && this.#open.variant === variant) return;
    this.#open = { id, variant, reading: 0, failures: 0 };
    if (this.connection.live()) this.#read(this.#open);
  }

  /** A part of a text came. */
  received(...text: Parameters<Texts["append"]>): void {
    const [number, variant] = text;
    const whole = this.texts.append(...text);
    const open = this.#open;
    if (!open || open.variant !== variant || this.#numberOf(open.id) !== number) return;
    if (whole) this.#complete(open);
    else if (open.reading === 0) this.#read(open);
  }

  viewChanged(): void {
    if (this.#open && this.connection.live()) this.#complete(this.#open);
  }

  /** Entered, for the first time or again: what was missed meanwhile is not known. */
  entered(): void {
    if (this.#open) this.#read(this.#open);
  }

  stop(): void {
    this.#open = undefined;
  }

  #numberOf(id: string): number | undefined {
    return this.store.peek("explanation").get(id)?.number;
  }

  /** How the variant ended, if it has. */
  #ended({ id, variant }: Open): VariantState | undefined {
    const state = this.store
      .peek("explanation")
      .get(id)
      ?.variants.find((v) => v.variant === variant);
    return state?.status === "finished" || state?.status === "failed" ? state : undefined;
  }

  /** Reads what has ended and is not whole, unless it was read after that end: then its text is on its way. */
  #complete(open: Open): void {
    const [number, ended] = [this.#numberOf(open.id), this.#ended(open)];
    if (number === undefined || !ended || this.texts.complete(number, ended)) return;
    if (this.#readAfter.get(open.id) !== endOf(ended)) this.#read(open);
  }

  #read(open: Open): void {
    const [number, ended] = [this.#numberOf(open.id), this.#ended(open)];
    if (ended) this.#readAfter.set(open.id, endOf(ended));
    open.reading++;
    const offset = number === undefined ? 0 : this.texts.readFrom(number, open.variant);
    const reply = this.connection.invoke<Reply>(methods.readText, open.id, open.variant, offset);
    void reply
      .then((r) => (isRetryable(r?.refusal) ? Promise.reject(r) : r))
      .then(
        () => this.#succeeded(open),
        () => this.#failed(open),
      );
  }

  #succeeded(open: Open): void {
    open.reading--;
    open.failures = 0;
  }

  /** Without a connection it is read again on entering. */
  async #failed(open: Open): Promise<void> {
    open.reading--;
    await this.pause(backoff(open.failures++));
    if (open === this.#open && this.connection.live()) this.#read(open);
  }
}
