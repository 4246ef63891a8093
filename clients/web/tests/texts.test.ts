import assert from "node:assert/strict";
import { test } from "node:test";
import { sentences, silence, Texts, tell } from "../src/wire/texts";

test("text grows by chunks, and an overlap is written over", () => {
  let told = tell(silence, 0, "Су бу", []);
  assert.ok(told);
  told = tell(told, 3, "бу болады. ", [10]);
  assert.deepEqual(told, { text: "Су бу болады. ", ends: [10] });
});

test("a hole before the offset is refused", () => {
  assert.equal(tell(silence, 3, "бу", []), null);
  const texts = new Texts();
  assert.equal(texts.tell("e", "kk-simple", 4, "бу", []), false);
  assert.equal(texts.length("e", "kk-simple"), 0);
});

test("ends are sorted and unique, and may lie before the offset", () => {
  const told = tell({ text: "A. B. C.", ends: [6] }, 8, " D.", [3, 6, 11]);
  assert.deepEqual(told?.ends, [3, 6, 11]);
});

test("ends of a text that was replaced go with it", () => {
  const told = tell({ text: "A. B. C.", ends: [3, 6, 8] }, 3, "X is longer.", []);
  assert.deepEqual(told?.ends, [3]);
});

test("a late answer to an early question takes nothing away", () => {
  const told = { text: "Су. Жарық.", ends: [4, 10] };
  assert.deepEqual(tell(told, 0, "", []), told);
  assert.deepEqual(tell(told, 0, "Су. Ж", [4]), told);
});

test("sentences keep their numbers, and the tail is not whole", () => {
  const list = sentences({ text: "Бір. Екі. Үш", ends: [5, 10] });
  assert.deepEqual(
    list.map((s) => [s.index, s.text, s.whole]),
    [
      [0, "Бір. ", true],
      [1, "Екі. ", true],
      [2, "Үш", false],
    ],
  );
  assert.deepEqual(sentences({ text: "Бір.  ", ends: [4, 99] }).length, 1);
});
