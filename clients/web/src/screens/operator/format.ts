import { language } from "../../i18n";
import { timeOf } from "../../ui/parts";

/** 26.11 09:05, where the person is. */
export function dateOf(time: string): string {
  const at = new Date(time);
  const two = (n: number) => `${n}`.padStart(2, "0");
  return `${two(at.getDate())}.${two(at.getMonth() + 1)} ${timeOf(time)}`;
}

/** 12 345, and in English 12,345. A browser without Kazakh data would use the rules of its own language. */
export const grouped = (n: number): string => `${n}`.replace(/\B(?=(\d{3})+$)/g, language.value === "en" ? "," : "\u00a0");
