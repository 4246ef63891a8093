import assert from "node:assert/strict";
import { test } from "node:test";
import { lostAt } from "../src/lesson/heat";
import type { HeatSpot, Variant } from "../src/protocol/types";

const spot = (variant: Variant, sentence: number, count: number, same: Variant[] = []): HeatSpot => ({
  variant,
  sentence,
  count,
  readers: 9,
  who: [`${variant}/${sentence}`],
  ...(same.length > 0 ? { same: same.map((v) => ({ variant: v, text: "…" })) } : {}),
});

test("what says the same in several languages is one place, with all who are lost there", () => {
  const places = lostAt([spot("en-simple", 2, 3), spot("kk-simple", 1, 1, ["ru-simple"]), spot("ru-simple", 1, 4, ["kk-simple"])]);
  assert.deepEqual(
    places.map((p) => [p.count, p.readers, p.spots.map((s) => s.variant), p.who]),
    [
      [5, 18, ["ru-simple", "kk-simple"], ["kk-simple/1", "ru-simple/1"]],
      [3, 9, ["en-simple"], ["en-simple/2"]],
    ],
  );
});

test("another sentence, another level and a text of which nothing is known stay apart; where nobody is lost there is no place", () => {
  const places = lostAt([
    spot("kk-simple", 1, 1, ["ru-simple"]),
    spot("ru-simple", 2, 1, ["kk-simple"]),
    spot("ru-standard", 1, 1),
    spot("en-simple", 0, 0),
  ]);
  assert.equal(places.length, 3);
  assert.deepEqual(lostAt([]), []);
});
