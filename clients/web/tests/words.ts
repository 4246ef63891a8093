// Every word of the interface, by language, as anchored patterns: what the browser tests look for in the wrong place.

import { board } from "../src/i18n/board";
import { en } from "../src/i18n/common/en";
import { kk } from "../src/i18n/common/kk";
import { ru } from "../src/i18n/common/ru";
import { en as enStudent } from "../src/i18n/student/en";
import { kk as kkStudent } from "../src/i18n/student/kk";
import { ru as ruStudent } from "../src/i18n/student/ru";
import { en as enTeach } from "../src/i18n/teacher/en";
import { kk as kkTeach } from "../src/i18n/teacher/kk";
import { ru as ruTeach } from "../src/i18n/teacher/ru";

const mark = "\u0001";

function leaves(value: unknown, into: Set<string>): Set<string> {
  if (typeof value === "string") into.add(value);
  else if (typeof value === "function") {
    // A sentence with a number or a name in it: said with 1, 2 and 5, so that every plural form is met.
    for (const n of [1, 2, 5]) {
      for (const args of [
        [n, n, mark],
        [mark, mark, mark],
      ]) {
        try {
          const said: unknown = value(...args);
          if (typeof said === "string") into.add(said.replace(/\d+/g, mark));
        } catch {
          // It wanted the other kind of argument.
        }
      }
    }
  } else if (value && typeof value === "object") for (const each of Object.values(value)) leaves(each, into);
  return into;
}

const letters = /\p{L}{2}/u;
const pattern = (text: string): string => `^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll(mark, ".{1,60}")}$`;

export const words = Object.fromEntries(
  Object.entries({
    kk: [kk, kkStudent, kkTeach, board.kk],
    ru: [ru, ruStudent, ruTeach, board.ru],
    en: [en, enStudent, enTeach, board.en],
  }).map(([language, tables]) => [
    language,
    [...leaves(tables, new Set())].filter((text) => letters.test(text.replaceAll(mark, ""))).map(pattern),
  ]),
);
