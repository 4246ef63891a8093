import assert from "node:assert/strict";
import { test } from "node:test";
import { append, noText, sentences, Texts, truncate } from "../src/lesson/texts";
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
  assert.equal(texts.append(1, "kk-simple", 1, 4, "бу", []), false);
  assert.equal(texts.readFrom(1, "kk-simple"), 0);
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

test("a text streamed again replaces the one before it from its first chunk on, also where both begin alike", () => {
  const texts = new Texts();
  texts.append(1, "kk-simple", 1, 0, "Су. Ескі мәтін.", [3, 15]);
  assert.equal(texts.append(1, "kk-simple", 2, 15, " Тағы.", [21]), false, "its beginning is missing");
  assert.equal(texts.of(1, "kk-simple").value.text, "Су. Ескі мәтін.", "in sight until the new one comes");
  assert.equal(texts.readFrom(1, "kk-simple"), 0, "nothing of it is known");
  texts.append(1, "kk-simple", 2, 0, "Су.", [3]);
  assert.deepEqual(texts.of(1, "kk-simple").value, { text: "Су.", sentenceEnds: [3] });
  assert.equal(texts.readFrom(1, "kk-simple"), 3);
});

test("a chunk of an older epoch is dropped, also before the newer one has begun", () => {
  const texts = new Texts();
  texts.append(1, "kk-simple", 2, 0, "Су.", [3]);
  assert.equal(texts.append(1, "kk-simple", 1, 3, " Ескі.", [9]), true, "and nothing is read for it");
  assert.deepEqual(texts.of(1, "kk-simple").value, { text: "Су.", sentenceEnds: [3] });
  texts.append(1, "kk-simple", 3, 9, "кейін", []);
  assert.equal(texts.append(1, "kk-simple", 2, 3, " Кеш.", [8]), true);
  assert.equal(texts.of(1, "kk-simple").value.text, "Су.");
});

test("texts of different explanations and variants are kept apart", () => {
  const texts = new Texts();
  texts.append(1, "kk-simple", 1, 0, "Су.", []);
  texts.append(1, "ru-simple", 1, 0, "Вода.", []);
  texts.append(11, "kk-simple", 1, 0, "Күн.", []);
  assert.deepEqual(
    [texts.of(1, "kk-simple"), texts.of(1, "ru-simple"), texts.of(11, "kk-simple")].map((t) => t.value.text),
    ["Су.", "Вода.", "Күн."],
  );
});

test("an ended text is whole when it is of that epoch and that long", () => {
  assert.deepEqual(truncate({ text: "Су. Ескі.", sentenceEnds: [3, 9] }, 3), { text: "Су.", sentenceEnds: [3] });
  const ended = (epoch: number, length: number) => ({ variant: "kk-simple", epoch, length }) as const;
  const texts = new Texts();
  assert.equal(texts.complete(1, ended(1, 0)), true, "nothing came and nothing is missing");
  texts.append(1, "kk-simple", 1, 0, "Су. Ескі.", [3, 9]);
  assert.equal(texts.complete(1, ended(1, 9)), true);
  assert.equal(texts.complete(1, ended(1, 3)), true);
  assert.equal(texts.of(1, "kk-simple").value.text, "Су.", "longer than the lesson says: its end was withheld");
  assert.equal(texts.complete(1, ended(1, 8)), false, "some of it is missing");
  assert.equal(texts.complete(1, ended(2, 3)), false, "as long, and another text");
  assert.equal(texts.readFrom(1, "kk-simple"), 0);
  texts.append(1, "kk-simple", 3, 0, "Күн", []);
  assert.equal(texts.complete(1, ended(2, 3)), true, "the lesson speaks of an epoch that is over");
  assert.equal(texts.of(1, "kk-simple").value.text, "Күн");
});

test("Markdown that a model writes all the same is read as plain sentences", () => {
  assert.equal(withoutMarks("## Фотосинтез"), "Фотосинтез");
  assert.equal(withoutMarks("- Су керек."), "• Су керек.");
  assert.equal(withoutMarks("-5 градус аяз."), "-5 градус аяз.");
  assert.equal(withoutMarks("1. Алдымен су."), "1. Алдымен су.");
});
