import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type Language, languages } from "../src/protocol/types";
import { dictionaries, leaves, type Sentence } from "./dictionaries";
import { listed, misspelt, placeholder, refused, type Said, unknown } from "./wording";

/** A text as it stands; a sentence with a number or a name in it, said with each. */
function* spoken(leaf: unknown): Generator<string> {
  if (typeof leaf === "string") yield leaf.replaceAll(/\{\w+\}/g, placeholder);
  if (typeof leaf !== "function") return;
  const sentence = leaf as Sentence;
  for (const argument of [placeholder, 1, 2, 5, 21]) yield String(sentence(...Array(Math.max(1, sentence.length)).fill(argument)));
}

const textsOf = (language: Language): Said[] =>
  [...leaves(dictionaries[language])].flatMap(([place, leaf]) => [...new Set(spoken(leaf))].map((text) => ({ place, text })));

/** The terminal wall of a centre says the same. */
const wall: Record<Language, string> = { kk: "Kazakh", ru: "Russian", en: "English" };
const wallOf = (language: Language): Said[] =>
  [...readFileSync(`../centre-cli/Words/${wall[language]}.cs`, "utf8").matchAll(/"([^"\n]+)"/g)].map(([, text = ""]) => ({
    place: `centre-cli ${wall[language]}.cs`,
    text: text.replaceAll(/\{(?:[^{}"]|\{[^}]*\})*\}/g, placeholder),
  }));

for (const language of languages) {
  test(`${language}: one thing has one name, and everybody is spoken to alike`, () => {
    const texts = [...textsOf(language), ...wallOf(language)];
    assert.ok(texts.length > 900);
    assert.deepEqual(refused(language, texts), []);
  });

  test(`${language}: every word is spelt right`, () => {
    assert.deepEqual(misspelt(language, textsOf(language)), [], "a term or a name goes into tests/Shared/Words");
  });

  test(`${language}: the list of words is in order and holds none that hunspell knows`, () => {
    const words = listed(language);
    assert.deepEqual(words, [...new Set(words)].sort());
    const needed = new Set(unknown(language, words));
    assert.deepEqual(
      words.filter((word) => !needed.has(word)),
      [],
    );
  });
}

/** Shortened, or of another sentence: they do not bend with the number before them. */
const stiff: Record<Language, RegExp> = {
  kk: /./,
  ru: /^(?:мин|класс|уже|закрывает)$/u,
  en: /^(?:min|and|answered|does|from|lost|more|not|opened|over|per|silent|squared|cubed|sub|waiting|joined|here)$/u,
};

for (const language of ["ru", "en"] as const) {
  test(`${language}: no noun stands still after a number`, () => {
    const still: string[] = [];
    for (const [place, leaf] of leaves(dictionaries[language])) {
      if (typeof leaf !== "function") continue;
      const sentence = leaf as Sentence;
      const after = (n: number) =>
        [...String(sentence(...Array(sentence.length).fill(n))).matchAll(/\d\s+(\p{L}{3,})/gu)].map(([, word]) => word);
      const five = after(5);
      for (const [at, word] of after(1).entries())
        if (word === five[at] && !stiff[language].test(word ?? "")) still.push(`${place}: ${word}`);
    }
    assert.deepEqual(still, []);
  });
}

test("a wrong word is found", () => {
  const say = (language: Language, text: string) => refused(language, [{ place: "here", text }]).length > 0;
  for (const [language, text] of [
    ["kk", "Пікір жобасы"],
    ["kk", "Сен не ойлайсың?"],
    ["kk", `1-ден ${placeholder}-ге дейін`],
    ["kk", `${placeholder}ның жұмысы`],
    ["kk", `${placeholder} мен ЖИ`],
    ["ru", "Не понял"],
    ["ru", "Впускаю сам(а)"],
    ["ru", "Черновик отзыва"],
    ["ru", "Твоя очередь"],
    ["en", "Your second draft"],
  ] as const)
    assert.ok(say(language, text), text);
  assert.deepEqual(misspelt("kk", [{ place: "here", text: "Сұрахты оқыңыз" }]), ["here: Сұрахты"]);
  assert.deepEqual(misspelt("ru", [{ place: "here", text: "Задайте вопросс" }]), ["here: вопросс"]);
  assert.deepEqual(misspelt("en", [{ place: "here", text: "Ask a qestion" }]), ["here: qestion"]);
});
