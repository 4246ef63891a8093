import assert from "node:assert/strict";
import { test } from "node:test";
import { cut, plain, retold, sentences, silence, Texts, tell } from "../src/lesson/texts";

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

test("a text told anew replaces the one before it, also where both begin alike", () => {
  const texts = new Texts();
  texts.tell("e", "kk-simple", 0, "Су. Ескі мәтін.", [3, 15]);
  texts.restart("e", "kk-simple");
  assert.equal(texts.from("e", "kk-simple"), 0);
  assert.equal(texts.of("e", "kk-simple").value.text, "Су. Ескі мәтін.", "in sight until the new one comes");
  assert.equal(texts.tell("e", "kk-simple", 15, " Тағы.", [21]), true, "a piece of it tells nothing yet");
  texts.tell("e", "kk-simple", 0, "Су.", [3]);
  assert.deepEqual(texts.of("e", "kk-simple").value, { text: "Су.", ends: [3] });
  assert.equal(texts.from("e", "kk-simple"), 3);
});

test("what is told to its end is as long as the lesson says", () => {
  assert.deepEqual(cut({ text: "Су. Ескі.", ends: [3, 9] }, 3), { text: "Су.", ends: [3] });
  const texts = new Texts();
  texts.tell("e", "kk-simple", 0, "Су. Ескі.", [3, 9]);
  assert.equal(texts.settle("e", "kk-simple", 3), true);
  assert.equal(texts.of("e", "kk-simple").value.text, "Су.");
  assert.equal(texts.settle("e", "kk-simple", 8), false, "some of it is missing");
});

test("which variants were told again", () => {
  const one = (status: "running" | "failed" | "finished" | "stopped", length: number) =>
    new Map([["e", { variants: [{ variant: "kk-simple" as const, status, length }] }]]);
  assert.deepEqual(retold(one("failed", 9), one("running", 0)), [["e", "kk-simple"]]);
  assert.deepEqual(retold(one("failed", 9), one("finished", 20)), [["e", "kk-simple"]], "missed while away");
  assert.deepEqual(retold(one("running", 0), one("finished", 20)), []);
  assert.deepEqual(retold(one("finished", 20), one("finished", 20)), []);
  assert.deepEqual(retold(new Map(), one("running", 0)), []);
});

test("Markdown that a model writes all the same is read as plain sentences", () => {
  assert.equal(plain("## Фотосинтез"), "Фотосинтез");
  assert.equal(plain("- Су керек."), "• Су керек.");
  assert.equal(plain("-5 градус аяз."), "-5 градус аяз.");
  assert.equal(plain("1. Алдымен су."), "1. Алдымен су.");
});
