import assert from "node:assert/strict";
import { test } from "node:test";
import { speak } from "../src/i18n";
import type { QuestionKind } from "../src/protocol/types";
import { asked, blank, isReady, whole } from "../src/screens/teacher/ask/ownQuestion";

test("a language that is left empty says what is typed: in the teacher's language, else in the first there is", () => {
  speak("ru");
  assert.deepEqual(whole({ ru: " Почему? " }, false), { kk: "Почему?", ru: "Почему?", en: "Почему?" });
  assert.deepEqual(whole({ kk: "Неге?", ru: "Почему?", en: " " }, true), { kk: "Неге?", ru: "Почему?", en: "Почему?" });
  assert.deepEqual(whole({ en: "Why?" }, true), { kk: "Why?", ru: "Why?", en: "Why?" });
  assert.equal(whole({ en: "Why?" }, false), undefined, "it is not seen, and not sent");
  assert.equal(whole({ ru: " " }, true), undefined);
});

test("each kind is sent with what is its own, and with nothing of another", () => {
  speak("kk");
  const own = {
    ...blank(),
    text: { kk: "Қайсысы?" },
    options: [
      { text: { kk: "а" }, correct: true },
      { text: {}, correct: false },
      { text: { kk: "ә" }, correct: false },
    ],
    why: { kk: "Себебі" },
    low: { kk: "аз" },
  };
  const of = (kind: QuestionKind) => asked({ ...own, kind }, "q");
  assert.deepEqual(
    of("single").options.map((o) => [o.id, o.text.kk, o.correct]),
    [
      ["1", "а", true],
      ["2", "ә", false],
    ],
  );
  assert.equal(of("multiple").why?.en, "Себебі");
  assert.deepEqual(
    [of("scale").min, of("scale").max, of("scale").minLabel?.kk, of("scale").maxLabel, of("scale").options],
    [1, 5, "аз", undefined, []],
  );
  for (const kind of ["open", "wordCloud"] as const) assert.deepEqual([of(kind).options, of(kind).why, of(kind).max], [[], undefined, 0]);
});

test("it can be asked once the server would take it", () => {
  speak("kk");
  const own = { ...blank(), text: { kk: "Қайсысы?" } };
  const options = (...texts: string[]) => texts.map((kk) => ({ text: { kk }, correct: false }));
  assert.equal(isReady(blank()), false);
  assert.equal(isReady(own), true);
  assert.equal(isReady({ ...own, kind: "single" }), false);
  assert.equal(isReady({ ...own, kind: "single", options: options("а", "а") }), false, "they cannot be told apart");
  assert.equal(isReady({ ...own, kind: "multiple", options: options("а", "ә") }), true);
  assert.equal(isReady({ ...own, kind: "scale" }), true);
  for (const [min, max] of [
    [5, 5],
    [6, 5],
    [0, 11],
    [0.5, 3],
    [Number.NaN, 3],
  ] as const)
    assert.equal(isReady({ ...own, kind: "scale", min, max }), false, `${min} ${max}`);
});
