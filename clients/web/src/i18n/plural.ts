// Own plural rules: a browser without Kazakh data would silently use the rules of its own language.

/** Kazakh: a noun after a numeral stays as it is. */
export const kkPlural = (n: number, word: string): string => `${n} ${word}`;

/** Russian: 1 ученик, 2 ученика, 5 учеников. */
export function ruPlural(n: number, one: string, few: string, many: string): string {
  return `${n} ${ruForm(n, one, few, many)}`;
}

export function ruForm(n: number, one: string, few: string, many: string): string {
  const tens = Math.abs(n) % 100;
  const units = tens % 10;
  if (tens > 10 && tens < 20) return many;
  if (units === 1) return one;
  return units >= 2 && units <= 4 ? few : many;
}

export const enPlural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

/** 12 345, with what stands between thousands in the language. */
export const groups = (n: number, between = "\u00a0"): string => `${n}`.replace(/\B(?=(\d{3})+$)/g, between);
