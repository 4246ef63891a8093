// Every dictionary of the interface by language and area, and a walk through its words.
import { board } from "../src/i18n/board";
import { en } from "../src/i18n/common/en";
import { kk } from "../src/i18n/common/kk";
import { ru } from "../src/i18n/common/ru";
import { refusals as enRefusals } from "../src/i18n/refusals/en";
import { refusals as kkRefusals } from "../src/i18n/refusals/kk";
import { refusals as ruRefusals } from "../src/i18n/refusals/ru";
import { en as enStudent } from "../src/i18n/student/en";
import { kk as kkStudent } from "../src/i18n/student/kk";
import { ru as ruStudent } from "../src/i18n/student/ru";
import { en as enTeach } from "../src/i18n/teacher/en";
import { kk as kkTeach } from "../src/i18n/teacher/kk";
import { ru as ruTeach } from "../src/i18n/teacher/ru";
import type { Language } from "../src/protocol/types";

export const dictionaries: Record<Language, Record<string, unknown>> = {
  kk: { common: kk, student: kkStudent, teacher: kkTeach, board: board.kk, refusals: kkRefusals },
  ru: { common: ru, student: ruStudent, teacher: ruTeach, board: board.ru, refusals: ruRefusals },
  en: { common: en, student: enStudent, teacher: enTeach, board: board.en, refusals: enRefusals },
};

export type Sentence = (...args: unknown[]) => unknown;

/** Each text or sentence of a dictionary with its path: `student.work.count`. */
export function* leaves(value: unknown, path = ""): Generator<[path: string, leaf: unknown]> {
  if (value === null || typeof value !== "object") yield [path, value];
  else for (const [key, each] of Object.entries(value)) yield* leaves(each, path ? `${path}.${key}` : key);
}
