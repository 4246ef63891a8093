// A view is the fold of notices: (kind, id) -> last value. Pure; the rules are those of the contract's README.
import type { Kind, Notice } from "./types";

export type Things = ReadonlyMap<Kind, ReadonlyMap<string, unknown>>;
export type View = { readonly seq: number; readonly things: Things };

export const empty: View = { seq: 0, things: new Map() };

export type Folded = { outcome: "applied"; view: View; touched: ReadonlySet<Kind> } | { outcome: "duplicate" | "gap" };

/** Forget everything, then fold these. */
export function snapshot(seq: number, notices: readonly Notice[]): View {
  return { seq, things: apply(new Map(), notices).things };
}

/** At version v: `seq <= v` is dropped, `from <= v` is folded, `from > v` is a gap. */
export function fold(view: View, from: number, seq: number, notices: readonly Notice[]): Folded {
  if (seq <= view.seq) return { outcome: "duplicate" };
  if (from > view.seq) return { outcome: "gap" };
  const { things, touched } = apply(view.things, notices);
  return { outcome: "applied", view: { seq, things }, touched };
}

/** Copies only the kinds that are touched. */
function apply(things: Things, notices: readonly Notice[]): { things: Things; touched: Set<Kind> } {
  const next = new Map(things);
  const fresh = new Map<Kind, Map<string, unknown>>();
  for (const { k, id, v } of notices) {
    let kind = fresh.get(k);
    if (!kind) {
      kind = new Map(next.get(k));
      fresh.set(k, kind);
      next.set(k, kind);
    }
    if (v === null || v === undefined) kind.delete(id);
    else kind.set(id, v);
  }
  return { things: next, touched: new Set(fresh.keys()) };
}
