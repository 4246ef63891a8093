import assert from "node:assert/strict";
import { test } from "node:test";
import { heatOf, hottestOf } from "../src/lesson/heat";

test("heat grows with how many are lost, and with what part of the class they are", () => {
  const rows: [count: number, joined: number, heat: number][] = [
    [0, 20, 0],
    [1, 1, 1],
    [1, 100, 1],
    [2, 21, 1],
    [2, 20, 2],
    [3, 100, 2],
    [3, 13, 2],
    [3, 12, 3],
    [5, 100, 2],
    [6, 100, 3],
    [2, 0, 2],
  ];
  for (const [count, joined, heat] of rows) assert.equal(heatOf(count, joined), heat, `${count} of ${joined}`);
});

test("the hottest sentence has the most presses; of equals it is the first", () => {
  const spot = (sentence: number, count: number) => ({ variant: "kk-simple" as const, sentence, count, readers: 9 });
  assert.equal(hottestOf([spot(0, 1), spot(1, 3), spot(2, 3)])?.sentence, 1);
  assert.equal(hottestOf([]), undefined);
});
