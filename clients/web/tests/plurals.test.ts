import assert from "node:assert/strict";
import { test } from "node:test";
import type { Language } from "../src/protocol/types";
import { english, englishNouns, type Forms, kazakh, kazakhNouns, russian, russianNouns } from "./counted";
import { dictionaries, leaves, type Sentence } from "./dictionaries";

const tables: Record<Language, { nouns: string; sentences: Record<string, Forms>; form: (noun: string) => keyof Forms }> = {
  kk: { nouns: kazakhNouns, sentences: kazakh, form: () => "many" },
  ru: {
    nouns: russianNouns,
    sentences: russian,
    form: (noun) => ({ ученик: "one", ученика: "few", учеников: "many" })[noun] as keyof Forms,
  },
  en: { nouns: englishNouns, sentences: english, form: (noun) => (noun === "student" ? "one" : "many") },
};

/** One sentence per counted argument. */
function* counting(language: Language): Generator<[key: string, say: (n: number) => string]> {
  for (const [path, leaf] of leaves(dictionaries[language])) {
    if (typeof leaf !== "function") continue;
    const sentence = leaf as Sentence;
    for (let at = 0; at < sentence.length; at++) {
      const args: unknown[] = Array(sentence.length).fill(9);
      yield [`${path}/${at}`, (n) => String(sentence(...args.map((each, i) => (i === at ? n : each))))];
    }
  }
}

for (const language of ["kk", "ru", "en"] as const) {
  const { nouns, sentences, form } = tables[language];
  const rows = nouns
    .trim()
    .split(/,\s+/)
    .map((said) => said.split(" ") as [string, string]);

  test(`${language}: the table has each number from 0 to 25 and from 100 to 125`, () => {
    const numbers = Array.from({ length: 26 }, (_, i) => i);
    assert.deepEqual(
      rows.map(([n]) => Number(n)),
      [...numbers, ...numbers.map((n) => n + 100)],
    );
  });

  test(`${language}: students are counted as the table says`, () => {
    const say = dictionaries[language].common as { students: (n: number) => string };
    for (const [n, noun] of rows) assert.equal(say.students(Number(n)), `${n} ${noun}`);
  });

  test(`${language}: every counted sentence is said as the table says`, () => {
    const found = new Map(counting(language));
    for (const [key, forms] of Object.entries(sentences)) {
      const say = found.get(key);
      assert.ok(say, `${key} is in the table and in no dictionary`);
      for (const [n, noun] of rows) {
        const wanted = { "0": forms.zero, "1": forms.first }[n] ?? forms[form(noun)] ?? "";
        assert.equal(say(Number(n)), wanted.replace("#", n), key);
      }
    }
  });

  test(`${language}: a sentence that changes with its number is in the table`, () => {
    const numbers = rows.map(([n]) => Number(n)).filter((n) => n > 0);
    const changes = [...counting(language)]
      .filter(([, say]) => new Set(numbers.map((n) => say(n).replaceAll(/\d+/g, "#"))).size > 1)
      .map(([key]) => key)
      // Of two equal grades one is named: not a plural form.
      .filter((key) => !key.startsWith("teacher.home.grade/"));
    assert.deepEqual(
      changes.filter((key) => !sentences[key]),
      [],
    );
  });
}

test("the words of a work without a minimum", () => {
  const count = (language: Language) =>
    (dictionaries[language].student as { work: { count: (n: number, min: number) => string } }).work.count;
  for (const [language, said] of Object.entries({
    kk: ["0 сөз", "1 сөз", "2 сөз", "5 сөз", "21 сөз"],
    ru: ["0 слов", "1 слово", "2 слова", "5 слов", "21 слово"],
    en: ["0 words", "1 word", "2 words", "5 words", "21 words"],
  }))
    assert.deepEqual(
      [0, 1, 2, 5, 21].map((n) => count(language as Language)(n, 0)),
      said,
    );
});
