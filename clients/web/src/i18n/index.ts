// What the screens import: the common words, and the wording of refusals.
import type { Refusal } from "../protocol/types";
import { en } from "./common/en";
import { kk } from "./common/kk";
import { ru } from "./common/ru";
import { fill, language, words } from "./language";
import { refusals as enRefusals } from "./refusals/en";
import { refusals as kkRefusals, type RefusalCode } from "./refusals/kk";
import { refusals as ruRefusals } from "./refusals/ru";

export { inLanguage, isLanguage, language, languages, speak, words } from "./language";

/** The common words in the language of now. */
export const t = words({ kk, ru, en });

const refusals = { kk: kkRefusals, ru: ruRefusals, en: enRefusals };

/** A refusal, or a failure code of the tutor, in words. */
export function say(refusal: Refusal | string): string {
  const { code, args } = typeof refusal === "string" ? { code: refusal, args: {} } : refusal;
  const all = refusals[language.value];
  return fill(all[code as RefusalCode] ?? all.unknown, args);
}
