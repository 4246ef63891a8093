import assert from "node:assert/strict";
import { test } from "node:test";
import { compare } from "../src/screens/teacher/work/diff";

const marked = (list: { text: string; changed: boolean }[]) =>
  list
    .filter((p) => p.changed)
    .map((p) => p.text.trim())
    .join("|");

test("what is gone and what is new, by words", () => {
  const [was, now] = compare("Терек күнге бұрылады, себебі жарық керек.", "Биік терек күнге бұрылады, өйткені жарық керек. Мен көрдім.");
  assert.equal(marked(was), "Терек|себебі");
  assert.equal(marked(now), "Биік терек|өйткені|Мен көрдім.");
});

test("both versions are whole, whatever was changed", () => {
  for (const [a, b] of [
    ["", "бар"],
    ["бар", ""],
    ["  a  b\n\nc", "a c d"],
    ["a b a b a", "b a b a b"],
    ["бір екі үш", "бір екі үш"],
  ] as const) {
    const [was, now] = compare(a, b);
    assert.equal(was.map((p) => p.text).join(""), a);
    assert.equal(now.map((p) => p.text).join(""), b);
  }
  assert.deepEqual(marked(compare("бір екі үш", "бір екі үш")[1]), "");
});

test("two very long texts are not compared", () => {
  const long = (seed: string) => Array.from({ length: 2500 }, (_, i) => `${seed}${i}`).join(" ");
  assert.equal(compare(long("a"), long("b"))[1].length, 1);
});
