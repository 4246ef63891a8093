import assert from "node:assert/strict";
import { test } from "node:test";
import { append, noText, sentences, streamedAgain, Texts, truncate } from "../src/lesson/texts";
import { withoutMarks } from "../src/ui/Rich";

test("text grows by chunks, and an overlap is written over", () => {
  let text = append(noText, 0, "Су бу", []);
  assert.ok(text);
  text = append(text, 3, "бу болады. ", [10]);
  assert.deepEqual(text, { text: "Су бу болады. ", sentenceEnds: [10] });
});

test("a hole before the offset is refused", () => {
  assert.equal(append(noText, 3, "бу", []), null);
  const texts = new Texts();
  assert.equal(texts.append("e", "kk-simple", 4, "бу", []), false);
  assert.equal(texts.length("e", "kk-simple"), 0);
});

test("sentence ends are sorted and unique, and may lie before the offset", () => {
  const text = append({ text: "A. B. C.", sentenceEnds: [6] }, 8, " D.", [3, 6, 11]);
  assert.deepEqual(text?.sentenceEnds, [3, 6, 11]);
});

test("sentence ends of a text that was replaced go with it", () => {
  const text = append({ text: "A. B. C.", sentenceEnds: [3, 6, 8] }, 3, "X is longer.", []);
  assert.deepEqual(text?.sentenceEnds, [3]);
});

test("a late answer to an early question takes nothing away", () => {
  const text = { text: "Су. Жарық.", sentenceEnds: [4, 10] };
  assert.deepEqual(append(text, 0, "", []), text);
  assert.deepEqual(append(text, 0, "Су. Ж", [4]), text);
});

test("sentences keep their numbers, and the tail is not whole", () => {
  const list = sentences({ text: "Бір. Екі. Үш", sentenceEnds: [5, 10] });
  assert.deepEqual(
    list.map((s) => [s.index, s.text, s.whole]),
    [
      [0, "Бір. ", true],
      [1, "Екі. ", true],
      [2, "Үш", false],
    ],
  );
  assert.deepEqual(sentences({ text: "Бір.  ", sentenceEnds: [4, 99] }).length, 1);
});

test("a text streamed again replaces the one before it, also where both begin alike", () => {
  const texts = new Texts();
  texts.append("e", "kk-simple", 0, "Су. Ескі мәтін.", [3, 15]);
  texts.restart("e", "kk-simple");
  assert.equal(texts.readFrom("e", "kk-simple"), 0);
  assert.equal(texts.of("e", "kk-simple").value.text, "Су. Ескі мәтін.", "in sight until the new one comes");
  assert.equal(texts.append("e", "kk-simple", 15, " Тағы.", [21]), true, "a piece of it says nothing yet");
  texts.append("e", "kk-simple", 0, "Су.", [3]);
  assert.deepEqual(texts.of("e", "kk-simple").value, { text: "Су.", sentenceEnds: [3] });
  assert.equal(texts.readFrom("e", "kk-simple"), 3);
});

test("a finished text is as long as the lesson says", () => {
  assert.deepEqual(truncate({ text: "Су. Ескі.", sentenceEnds: [3, 9] }, 3), { text: "Су.", sentenceEnds: [3] });
  const texts = new Texts();
  texts.append("e", "kk-simple", 0, "Су. Ескі.", [3, 9]);
  assert.equal(texts.complete("e", "kk-simple", 3), true);
  assert.equal(texts.of("e", "kk-simple").value.text, "Су.");
  assert.equal(texts.complete("e", "kk-simple", 8), false, "some of it is missing");
});

test("which variants were streamed again", () => {
  const one = (status: "running" | "failed" | "finished" | "stopped", length: number) =>
    new Map([["e", { variants: [{ variant: "kk-simple" as const, status, length }] }]]);
  assert.deepEqual(streamedAgain(one("failed", 9), one("running", 0)), [["e", "kk-simple"]]);
  assert.deepEqual(streamedAgain(one("failed", 9), one("finished", 20)), [["e", "kk-simple"]], "missed while away");
  assert.deepEqual(streamedAgain(one("running", 0), one("finished", 20)), []);
  assert.deepEqual(streamedAgain(one("finished", 20), one("finished", 20)), []);
  assert.deepEqual(streamedAgain(new Map(), one("running", 0)), []);
});

test("Markdown that a model writes all the same is read as plain sentences", () => {
  assert.equal(withoutMarks("## Фотосинтез"), "Фотосинтез");
  assert.equal(withoutMarks("- Су керек."), "• Су керек.");
  assert.equal(withoutMarks("-5 градус аяз."), "-5 градус аяз.");
  assert.equal(withoutMarks("1. Алдымен су."), "1. Алдымен су.");
});
