// One screen's view of a lesson as signals: a patch re-renders only what it changes.
import { batch, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { empty, fold, snapshot, type View } from "../protocol/reducer";
import type { Entities, EntityChange, Kind } from "../protocol/types";

const none: ReadonlyMap<string, unknown> = new Map();

export class Store {
  #view: View = empty;
  #kinds = new Map<Kind, Signal<ReadonlyMap<string, unknown>>>();
  #cells = new Map<string, Signal<unknown>>();

  get seq(): number {
    return this.#view.seq;
  }

  /** One entity. Reading it in a component subscribes to this entity only. */
  one<K extends Kind>(kind: K, id = ""): Entities[K] | undefined {
    return this.cell(kind, id).value;
  }

  cell<K extends Kind>(kind: K, id = ""): ReadonlySignal<Entities[K] | undefined> {
    const key = `${kind} ${id}`;
    let cell = this.#cells.get(key);
    if (!cell) {
      cell = signal<unknown>(this.#view.entities.get(kind)?.get(id));
      this.#cells.set(key, cell);
    }
    return cell as Signal<Entities[K] | undefined>;
  }

  /** All entities of a kind. Reading it subscribes to the whole kind. */
  all<K extends Kind>(kind: K): ReadonlyMap<string, Entities[K]> {
    return this.#kind(kind).value as ReadonlyMap<string, Entities[K]>;
  }

  /** All entities of a kind, without subscribing. */
  peek<K extends Kind>(kind: K): ReadonlyMap<string, Entities[K]> {
    return (this.#view.entities.get(kind) ?? none) as ReadonlyMap<string, Entities[K]>;
  }

  snapshot(seq: number, entities: readonly EntityChange[]): void {
    const next = snapshot(seq, entities);
    this.#publish(next, new Set([...this.#view.entities.keys(), ...next.entities.keys()]));
  }

  /** False when there is a gap: the caller enters again, and gets a snapshot. */
  patch(from: number, seq: number, changes: readonly EntityChange[]): boolean {
    const folded = fold(this.#view, from, seq, changes);
    if (folded.outcome === "applied") this.#publish(folded.view, folded.changed);
    return folded.outcome !== "gap";
  }

  #kind(kind: Kind): Signal<ReadonlyMap<string, unknown>> {
    let all = this.#kinds.get(kind);
    if (!all) {
      all = signal<ReadonlyMap<string, unknown>>(this.#view.entities.get(kind) ?? none);
      this.#kinds.set(kind, all);
    }
    return all;
  }

  #publish(next: View, changed: ReadonlySet<Kind>): void {
    this.#view = next;
    batch(() => {
      for (const kind of changed) this.#kind(kind).value = next.entities.get(kind) ?? none;
      for (const [key, cell] of this.#cells) {
        const space = key.indexOf(" ");
        const kind = key.slice(0, space) as Kind;
        if (changed.has(kind)) cell.value = next.entities.get(kind)?.get(key.slice(space + 1));
      }
    });
  }
}
