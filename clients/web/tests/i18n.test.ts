import assert from "node:assert/strict";
import { test } from "node:test";
import { t } from "../src/i18n";
import { fill } from "../src/i18n/refusals";
import { words as enRefusals } from "../src/i18n/refusals/en";
import { words as kkRefusals } from "../src/i18n/refusals/kk";
import { words as ruRefusals } from "../src/i18n/refusals/ru";

const [kk, ru, en] = [t("kk"), t("ru"), t("en")];

test("Russian plurals", () => {
  assert.equal(ru.students(1), "1 ученик");
  assert.equal(ru.students(3), "3 ученика");
  assert.equal(ru.students(11), "11 учеников");
  assert.equal(ru.students(21), "21 ученик");
  assert.equal(ru.students(112), "112 учеников");
  assert.equal(ru.minutesLeft(1), "осталась 1 мин");
  assert.equal(ru.joined(0), "Вошли 0 учеников");
});

test("Kazakh nouns after a numeral stay as they are; English has two forms", () => {
  assert.equal(kk.students(1), "1 оқушы");
  assert.equal(kk.students(25), "25 оқушы");
  assert.equal(en.students(1), "1 student");
  assert.equal(en.students(0), "0 students");
});

test("every refusal has the same arguments in the three languages, and nobody shouts", () => {
  const names = (s: string) =>
    [...s.matchAll(/\{(\w+)\}/g)]
      .map((m) => m[1])
      .sort()
      .join();
  for (const [code, text] of Object.entries(kkRefusals)) {
    const others = [ruRefusals, enRefusals].map((r) => r[code as keyof typeof kkRefusals]);
    for (const other of others) assert.equal(names(other), names(text), code);
    for (const each of [text, ...others]) assert.doesNotMatch(each, /!/, code);
  }
});

test("arguments are filled in", () => {
  assert.equal(fill("ең көбі {max} таңба", { max: "40" }), "ең көбі 40 таңба");
});
