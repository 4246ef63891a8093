// A view is the fold of patches: (kind, id) -> the entity's last value. Pure; the server's own fold is held to the same vectors.
import type { EntityChange, Kind } from "./types";

export type EntityMap = ReadonlyMap<Kind, ReadonlyMap<string, unknown>>;
export type View = { readonly seq: number; readonly entities: EntityMap };

export const empty: View = { seq: 0, entities: new Map() };

export type Folded = { outcome: "applied"; view: View; changed: ReadonlySet<Kind> } | { outcome: "duplicate" | "gap" };

/** Forget everything, then fold these. */
export function snapshot(seq: number, changes: readonly EntityChange[]): View {
  return { seq, entities: apply(new Map(), changes).entities };
}

/** At version v: a patch with `seq <= v` is dropped, with `from <= v` it is folded, with `from > v` it leaves a gap. */
export function fold(view: View, from: number, seq: number, changes: readonly EntityChange[]): Folded {
  if (seq <= view.seq) return { outcome: "duplicate" };
  if (from > view.seq) return { outcome: "gap" };
  const { entities, changed } = apply(view.entities, changes);
  return { outcome: "applied", view: { seq, entities }, changed };
}

/** Copies only the kinds that change. */
function apply(entities: EntityMap, changes: readonly EntityChange[]): { entities: EntityMap; changed: Set<Kind> } {
  const next = new Map(entities);
  const copies = new Map<Kind, Map<string, unknown>>();
  for (const { k, id, v } of changes) {
    let copy = copies.get(k);
    if (!copy) {
      copy = new Map(next.get(k));
      copies.set(k, copy);
      next.set(k, copy);
    }
    if (v === null || v === undefined) copy.delete(id);
    else copy.set(id, v);
  }
  return { entities: next, changed: new Set(copies.keys()) };
}
