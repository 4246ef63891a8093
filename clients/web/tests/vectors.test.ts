import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fold, snapshot, type View } from "../src/protocol/reducer";
import type { EntityChange } from "../src/protocol/types";

type Frame = { snapshot?: EntityChange[]; patch?: EntityChange[]; seq: number };
type Vector = { seed: number; frames: Frame[]; view: EntityChange[] };

// Written by the server's own tests from random lessons.
const vectors = JSON.parse(readFileSync("tests/vectors.json", "utf8")) as Vector[];

for (const { seed, frames, view } of vectors) {
  test(`lesson ${seed}: the fold of the server's patches is the server's own view`, () => {
    let now: View | undefined;
    for (const frame of frames) {
      if (frame.snapshot) now = snapshot(frame.seq, frame.snapshot);
      else if (now) {
        const folded = fold(now, now.seq, frame.seq, frame.patch ?? []);
        assert.ok(folded.outcome === "applied");
        now = folded.view;
      }
    }
    const result: EntityChange[] = [];
    for (const [k, entities] of now?.entities ?? []) for (const [id, v] of entities) result.push({ k, id, v } as EntityChange);
    const sorted = (list: EntityChange[]) => [...list].sort((a, b) => (`${a.k} ${a.id}` < `${b.k} ${b.id}` ? -1 : 1));
    assert.deepEqual(sorted(result), sorted(view));
  });
}
