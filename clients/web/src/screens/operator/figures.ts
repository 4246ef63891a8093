// Figures and times as the operator reads them.
import { language } from "../../i18n";
import { groups } from "../../i18n/plural";
import type { AnswersToday } from "../../protocol/http";
import { timeOf } from "../../ui/parts";

/** 26.11 09:05, where the person is. */
export function dateOf(time: string): string {
  const at = new Date(time);
  const two = (n: number) => `${n}`.padStart(2, "0");
  return `${two(at.getDate())}.${two(at.getMonth() + 1)} ${timeOf(time)}`;
}

/** 12 345, and in English 12,345. A browser without Kazakh data would use the rules of its own language. */
export const grouped = (n: number): string => groups(n, language.value === "en" ? "," : undefined);

/** 0.4, and 12 from ten on: nobody needs the rest. */
export const secondsOf = (milliseconds: number): string => pointed((milliseconds / 1000).toFixed(milliseconds < 10_000 ? 1 : 0));

/** Small sums keep their first digits: 0.0042 USD is not nothing. */
export const moneyOf = (sum: number, currency: string): string => {
  const digits = sum === 0 || sum >= 0.1 ? 2 : Math.min(8, 1 - Math.floor(Math.log10(sum)));
  const [whole = "0", part = ""] = sum.toFixed(digits).split(".");
  return `${grouped(Number(whole))}${pointed(`.${part}`)} ${currency}`;
};

/** Per cent of the second model and prepared text of all answers that were given; undefined: none were. */
export function fallbackOf(a: AnswersToday): string | undefined {
  const all = a.first + a.second + a.cache + a.prepared;
  if (all === 0) return undefined;
  const share = (100 * (a.second + a.prepared)) / all;
  // Neither rounds a rest away: 0.01 % is not none, 99.99 % is not all.
  const shown = share === 0 || share === 100 ? share.toFixed(0) : Math.min(99.9, Math.max(0.1, share)).toFixed(1);
  return pointed(shown);
}

const pointed = (figure: string): string => (language.value === "en" ? figure : figure.replace(".", ","));
