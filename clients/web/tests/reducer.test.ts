import assert from "node:assert/strict";
import { test } from "node:test";
import { Store } from "../src/lesson/store";
import { empty, fold, snapshot } from "../src/protocol/reducer";
import type { EntityChange } from "../src/protocol/types";

const tempo = (...counts: number[]): EntityChange => ({ k: "tempo", id: "", v: { counts } });
const vote = (id: string, on: boolean | null): EntityChange => ({ k: "vote", id, v: on === null ? null : { on } });

test("a snapshot forgets everything before it", () => {
  const before = snapshot(3, [vote("a", true)]);
  const after = snapshot(9, [tempo(1, 2, 3, 4)]);
  assert.equal(before.entities.get("vote")?.size, 1);
  assert.equal(after.entities.has("vote"), false);
  assert.equal(after.seq, 9);
});

test("patches from the version we are at, or overlapping it, are folded", () => {
  const at5 = snapshot(5, []);
  for (const from of [5, 3]) {
    const folded = fold(at5, from, 7, [vote("a", true)]);
    assert.equal(folded.outcome, "applied");
    if (folded.outcome === "applied") assert.equal(folded.view.seq, 7);
  }
});

test("a version we have is dropped, and a hole is a gap", () => {
  const at5 = snapshot(5, []);
  assert.equal(fold(at5, 3, 5, [vote("a", true)]).outcome, "duplicate");
  assert.equal(fold(at5, 3, 4, []).outcome, "duplicate");
  assert.equal(fold(at5, 6, 7, []).outcome, "gap");
});

test("null removes; the old view is not changed, unchanged kinds are shared", () => {
  const before = snapshot(1, [vote("a", true), vote("b", true), tempo(1, 1, 1, 1)]);
  const folded = fold(before, 1, 2, [vote("a", null)]);
  assert.ok(folded.outcome === "applied");
  assert.deepEqual([...(folded.view.entities.get("vote")?.keys() ?? [])], ["b"]);
  assert.equal(before.entities.get("vote")?.size, 2);
  assert.equal(folded.view.entities.get("tempo"), before.entities.get("tempo"));
  assert.deepEqual([...folded.changed], ["vote"]);
});

test("within one patch the last value stands", () => {
  const folded = fold(empty, 0, 1, [vote("a", true), vote("a", null), vote("a", false)]);
  assert.ok(folded.outcome === "applied");
  assert.deepEqual(folded.view.entities.get("vote")?.get("a"), { on: false });
});

test("a store updates only the cells that changed", () => {
  const store = new Store();
  store.snapshot(1, [vote("a", true), vote("b", true)]);
  let updates = 0;
  const stop = store.cell("vote", "b").subscribe(() => updates++);
  assert.equal(store.patch(1, 2, [vote("a", false)]), true);
  assert.equal(updates, 1);
  assert.equal(store.one("vote", "a")?.on, false);
  assert.equal(store.patch(5, 6, []), false);
  store.snapshot(9, []);
  assert.equal(store.one("vote", "b"), undefined);
  assert.equal(updates, 2);
  stop();
});
