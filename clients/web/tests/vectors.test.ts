import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fold, snapshot, type View } from "../src/protocol/reducer";
import type { Notice } from "../src/protocol/types";

type Frame = { snapshot?: Notice[]; notices?: Notice[]; seq: number };
type Vector = { seed: number; frames: Frame[]; view: Notice[] };

// Written by the server's own tests (tests/Classroom.Domain.Tests/GoldenTests.cs) from random lessons.
const vectors = JSON.parse(readFileSync("tests/vectors.json", "utf8")) as Vector[];

for (const { seed, frames, view } of vectors) {
  test(`lesson ${seed}: the fold of what the server says is what the server sees`, () => {
    let now: View | undefined;
    for (const frame of frames) {
      if (frame.snapshot) now = snapshot(frame.seq, frame.snapshot);
      else if (now) {
        const folded = fold(now, now.seq, frame.seq, frame.notices ?? []);
        assert.ok(folded.outcome === "applied");
        now = folded.view;
      }
    }
    const seen: Notice[] = [];
    for (const [k, things] of now?.things ?? []) for (const [id, v] of things) seen.push({ k, id, v } as Notice);
    const sorted = (list: Notice[]) => [...list].sort((a, b) => (a.k + "\0" + a.id < b.k + "\0" + b.id ? -1 : 1));
    assert.deepEqual(sorted(seen), sorted(view));
  });
}
