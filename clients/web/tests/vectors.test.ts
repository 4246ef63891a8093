// What the server's own tests say a student is told, frame by frame, and the view it must come to (tests/Classroom.Domain.Tests, GoldenTests).
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { empty, fold, snapshot, type View } from "../src/wire/reducer";
import type { Notice } from "../src/wire/types";

type Frame = { seq: number; snapshot?: Notice[]; notices?: Notice[] };
type Vector = { seed: number; frames: Frame[]; view: Notice[] };

const flat = (view: View): Map<string, unknown> =>
  new Map([...view.things].flatMap(([k, values]) => [...values].map(([id, v]): [string, unknown] => [`${k} ${id}`, v])));

for (const vector of JSON.parse(readFileSync("tests/vectors.json", "utf8")) as Vector[]) {
  test(`the fold of a random lesson is the server's view (seed ${vector.seed})`, () => {
    let view = empty;
    for (const frame of vector.frames) {
      if (frame.snapshot) view = snapshot(frame.seq, frame.snapshot);
      else {
        const folded = fold(view, view.seq, frame.seq, frame.notices ?? []);
        assert.ok(folded.outcome === "applied");
        view = folded.view;
      }
    }
    assert.deepEqual(flat(view), new Map(vector.view.map((n) => [`${n.k} ${n.id}`, n.v])));
  });
}
