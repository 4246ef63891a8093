// Join codes as people type them: with or without dots and spaces, in any case, and on a Cyrillic keyboard.
const alphabet = /^[A-HJ-NP-Z2-9]{6,12}$/;
const lookalikes: Record<string, string> = {
  А: "A",
  В: "B",
  Е: "E",
  К: "K",
  М: "M",
  Н: "H",
  Р: "P",
  С: "C",
  Т: "T",
  У: "Y",
  Ү: "Y",
  Х: "X",
  І: "I",
};

/** Upper case Latin letters and digits only. */
export const cleanCode = (typed: string): string =>
  [...typed.toUpperCase()]
    .map((c) => lookalikes[c] ?? c)
    .filter((c) => /[A-Z0-9]/.test(c))
    .join("")
    .slice(0, 12);

/** The code, or undefined when it cannot be one. */
export function parseCode(typed: string): string | undefined {
  const code = cleanCode(typed);
  return alphabet.test(code) ? code : undefined;
}

/** K7P·M4X */
export function showCode(code: string): string {
  const size = code.length <= 6 ? 3 : 4;
  return code.match(new RegExp(`.{1,${size}}`, "g"))?.join("·") ?? "";
}

/** The code in `/j/CODE`; undefined for any other path, empty where a link to a lesson is damaged. */
export function codeOfPath(path: string): string | undefined {
  const given = /^\/j(?:\/|$)([^/]*)/.exec(path)?.[1];
  if (given === undefined) return undefined;
  try {
    return parseCode(decodeURIComponent(given)) ?? "";
  } catch {
    return "";
  }
}
