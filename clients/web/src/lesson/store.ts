// One screen's view of a lesson as signals: a notice re-renders only what it touches.
import { batch, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { empty, fold, snapshot, type View } from "../protocol/reducer";
import type { Entities, Kind, Notice } from "../protocol/types";

const none: ReadonlyMap<string, unknown> = new Map();

export class Store {
  #view: View = empty;
  #kinds = new Map<Kind, Signal<ReadonlyMap<string, unknown>>>();
  #cells = new Map<string, Signal<unknown>>();

  get seq(): number {
    return this.#view.seq;
  }

  /** One value. Reading it in a component subscribes to this value only. */
  one<K extends Kind>(kind: K, id = ""): Entities[K] | undefined {
    return this.cell(kind, id).value;
  }

  cell<K extends Kind>(kind: K, id = ""): ReadonlySignal<Entities[K] | undefined> {
    const key = `${kind} ${id}`;
    let cell = this.#cells.get(key);
    if (!cell) {
      cell = signal<unknown>(this.#view.things.get(kind)?.get(id));
      this.#cells.set(key, cell);
    }
    return cell as Signal<Entities[K] | undefined>;
  }

  /** All values of a kind. Reading it subscribes to the whole kind. */
  all<K extends Kind>(kind: K): ReadonlyMap<string, Entities[K]> {
    return this.#kind(kind).value as ReadonlyMap<string, Entities[K]>;
  }

  /** All values of a kind, without subscribing. */
  peek<K extends Kind>(kind: K): ReadonlyMap<string, Entities[K]> {
    return (this.#view.things.get(kind) ?? none) as ReadonlyMap<string, Entities[K]>;
  }

  snapshot(seq: number, notices: readonly Notice[]): void {
    const next = snapshot(seq, notices);
    this.#publish(next, new Set([...this.#view.things.keys(), ...next.things.keys()]));
  }

  /** False when there is a gap: the caller enters again. */
  notices(from: number, seq: number, notices: readonly Notice[]): boolean {
    const folded = fold(this.#view, from, seq, notices);
    if (folded.outcome === "applied") this.#publish(folded.view, folded.touched);
    return folded.outcome !== "gap";
  }

  #kind(kind: Kind): Signal<ReadonlyMap<string, unknown>> {
    let all = this.#kinds.get(kind);
    if (!all) {
      all = signal<ReadonlyMap<string, unknown>>(this.#view.things.get(kind) ?? none);
      this.#kinds.set(kind, all);
    }
    return all;
  }

  #publish(next: View, touched: ReadonlySet<Kind>): void {
    this.#view = next;
    batch(() => {
      for (const kind of touched) this.#kind(kind).value = next.things.get(kind) ?? none;
      for (const [key, cell] of this.#cells) {
        const space = key.indexOf(" ");
        const kind = key.slice(0, space) as Kind;
        if (touched.has(kind)) cell.value = next.things.get(kind)?.get(key.slice(space + 1));
      }
    });
  }
}
