// Where formulas stand in a text: $...$ and $$...$$ as authors write them, \(...\) and \[...\] as models do. The same rules as `Formulas` of
// Classroom.Kits; `tests/formulas.json` holds both to them. One walk over the text, whatever it is made of.
import { readable } from "./readable";

export type Part = { text: string } | Formula;
/** @property source with its delimiters, as it was written */
export type Formula = { tex: string; block: boolean; source: string };

/** In characters: what is longer is no formula that somebody could read. */
export const longest = 400;

const ends = { $$: "$$", "\\[": "\\]", "\\(": "\\)", $: "$" } as const;
type Opener = keyof typeof ends;
const openers = Object.keys(ends) as Opener[];

const isWord = (c: string | undefined): boolean => c !== undefined && /[\p{L}\p{Nd}]/u.test(c);
// Written out: a browser and .NET do not agree on all spaces.
const spaces = "[\\t-\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const space = new RegExp(spaces);
const isSpace = (c: string | undefined): boolean => c === undefined || space.test(c);
const trimmed = new RegExp(`^${spaces}+|${spaces}+$`, "g");

// A sentence that ends before any sign of TeX, an amount, a currency among others, a sign with an ending of words.
const noBegin = /^(?:[)\]},.;:!?/»"]|-[^0-9a-zA-Z\\({]|[^\\^_={}$\n]*[.!?…][ \u00a0]+\p{Lu})/u;
const noEnd = /[([«"/:]/;
const letters = "(?:(?![\\u{10000}-\\u{10ffff}])\\p{L}){2,}";
const wordy = new RegExp(
  [`[.!?…]${spaces}`, `[\\p{L}\\p{Nd}]${spaces}+${letters}`, `${letters}${spaces}+[\\p{L}\\p{Nd}]`, `${spaces}[Ѐ-ӿ]${spaces}`].join("|"),
  "u",
);
const runs = new RegExp(letters, "gu");

/** Without a sign of TeX, words and sentences are no formula: something costs $5 here and 7$ there. AB, ABC and xy are sides, angles and products. */
const isMoney = (tex: string): boolean =>
  !/[\\^_={}]/.test(tex) && (wordy.test(tex) || [...tex.matchAll(runs)].some(([run]) => !/^(?:[A-Z]{2,4}|[a-z]{2,3})$/.test(run)));

/** A text in its order: words, and formulas between them. `\$` is a dollar; so is one that opens nothing. */
export function parts(text: string): Part[] {
  const list: Part[] = [];
  let words = "";
  const flush = () => {
    if (words !== "") list.push({ text: words });
    words = "";
  };
  for (let at = 0; at < text.length; ) {
    if (text.startsWith("\\$", at)) {
      words += "$";
      at += 2;
      continue;
    }
    const found = formulaAt(text, at);
    if (typeof found === "object") {
      flush();
      list.push(found);
      at += found.source.length;
    } else {
      words += text[at];
      at++;
    }
  }
  flush();
  return list;
}

/** What may be shown of a text that still streams: a formula that has begun waits for its end. */
export function withoutBegun(text: string): string {
  for (let at = 0; at < text.length; ) {
    if (text.startsWith("\\$", at)) {
      at += 2;
      continue;
    }
    const found = formulaAt(text, at);
    if (found === "begun" || (text[at] === "\\" && at === text.length - 1)) return text.slice(0, at);
    at += typeof found === "object" ? found.source.length : 1;
  }
  return text;
}

export const hasFormula = (text: string): boolean => /[$\\]/.test(text) && parts(text).some((p) => "tex" in p);

/** "begun": it opens, and the text ends before it does. */
function formulaAt(text: string, at: number): Formula | "begun" | undefined {
  const opener = openers.find((o) => text.startsWith(o, at));
  if (!opener || (opener.startsWith("$") && isWord(text[at - 1]))) return undefined;
  const from = at + opener.length;
  if (opener === "$" && from < text.length && (isSpace(text[from]) || noBegin.test(text.slice(from, from + longest)))) return undefined;
  const block = opener === "$$" || opener === "\\[";
  const end = endOf(text, from, opener, block);
  if (end === undefined) return undefined;
  if (end < 0) return "begun";
  const tex = text.slice(from, end).replace(trimmed, "");
  const after = end + opener.length;
  if (tex === "") return undefined;
  const last = text[end - 1] ?? "";
  if (opener === "$" && (isSpace(last) || noEnd.test(last) || /\d/.test(text[after] ?? "") || isMoney(tex))) return undefined;
  return { tex, block, source: text.slice(at, after) };
}

/** -1: the text ends before it; undefined: there is none. */
function endOf(text: string, from: number, opener: Opener, block: boolean): number | undefined {
  for (let i = from; i <= from + longest; i++) {
    if (i >= text.length) return -1;
    if (text.startsWith(ends[opener], i)) return i;
    if (text[i] === "\n" && (!block || text[i + 1] === "\n")) return undefined;
    // A backslash takes what follows it: \$ ends nothing.
    if (text[i] === "\\") i++;
  }
  return undefined;
}

/** A text for a place that takes words alone, such as a name for a screen reader. */
export const inWords = (text: string): string =>
  parts(text)
    .map((p) => ("tex" in p ? readable(p.tex) : p.text))
    .join("");
