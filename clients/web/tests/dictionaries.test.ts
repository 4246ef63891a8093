import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { languages } from "../src/protocol/types";
import { dictionaries, leaves, type Sentence, spoken } from "./dictionaries";

const said = (leaf: unknown, argument: unknown): unknown[] => {
  if (typeof leaf !== "function") return [leaf];
  const sentence = leaf as Sentence;
  // A sentence may take a name where another takes a number.
  return [sentence(...Array(Math.max(1, sentence.length)).fill(argument))];
};

for (const [language, areas] of Object.entries(dictionaries)) {
  test(`no word of ${language} is empty`, () => {
    let count = 0;
    for (const [path, leaf] of leaves(areas)) {
      for (const argument of [0, 1, 2, 5]) {
        for (const text of said(leaf, argument)) {
          assert.equal(typeof text, "string", path);
          assert.match(text as string, /\S/, path);
          assert.doesNotMatch(text as string, /undefined|NaN|\[object|=>/, path);
          count++;
        }
      }
    }
    assert.ok(count > 2000);
  });
}

test("each language has a file in each dictionary, and each folder of words is a dictionary", () => {
  const areas = readdirSync("src/i18n", { withFileTypes: true })
    .filter((each) => each.isDirectory())
    .map((each) => each.name);
  assert.ok(areas.length > 5);
  assert.deepEqual([...spoken].sort(), [...languages].sort());
  for (const language of languages) assert.deepEqual(Object.keys(dictionaries[language]).sort(), areas.sort(), language);
});

test("each dictionary has the same keys in every language, texts where the others have texts", () => {
  const shape = (areas: unknown) => [...leaves(areas)].map(([path, leaf]) => `${path}: ${typeof leaf}`).sort();
  for (const [language, areas] of Object.entries(dictionaries)) assert.deepEqual(shape(areas), shape(dictionaries.kk), language);
});
