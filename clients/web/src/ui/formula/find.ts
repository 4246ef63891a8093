// Where formulas stand in a text: $...$ and $$...$$ as authors write them, \(...\) and \[...\] as models do. The same rules as `Formulas` of
// Classroom.Kits; `tests/formulas.json` holds both to them. One walk over the text, whatever it is made of.

export type Part = { text: string } | Formula;
/** @property source with its delimiters, as it was written */
export type Formula = { tex: string; block: boolean; source: string };

/** In characters: what is longer is no formula that somebody could read. */
export const longest = 400;

const ends = { $$: "$$", "\\[": "\\]", "\\(": "\\)", $: "$" } as const;
type Opener = keyof typeof ends;
const openers = Object.keys(ends) as Opener[];

const isWord = (c: string | undefined): boolean => c !== undefined && /[\p{L}\p{N}]/u.test(c);
const isSpace = (c: string | undefined): boolean => c === undefined || /\s/.test(c);

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
  // A price has a space or a figure where a formula cannot.
  if (opener === "$" && from < text.length && isSpace(text[from])) return undefined;
  const block = opener === "$$" || opener === "\\[";
  const end = endOf(text, from, opener, block);
  if (end === undefined) return undefined;
  if (end < 0) return "begun";
  const tex = text.slice(from, end).trim();
  const after = end + opener.length;
  if (tex === "" || (opener === "$" && (isSpace(text[end - 1]) || /\d/.test(text[after] ?? "")))) return undefined;
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

const signs: Record<string, string> = {
  cdot: "·",
  times: "×",
  div: "÷",
  pm: "±",
  le: "≤",
  leq: "≤",
  ge: "≥",
  geq: "≥",
  ne: "≠",
  neq: "≠",
  approx: "≈",
  infty: "∞",
  to: "→",
  rightarrow: "→",
  degree: "°",
  circ: "°",
  pi: "π",
  alpha: "α",
  beta: "β",
  gamma: "γ",
  Delta: "Δ",
  sqrt: "√",
  quad: " ",
}; // prettier-ignore

/** A formula in one line of plain signs: shown until it can be set, and where it never can. */
export function readable(tex: string): string {
  let text = tex.replace(
    /\\[dt]?frac\s*(?:\{([^{}]*)\}|(\d))\s*(?:\{([^{}]*)\}|(\d))/g,
    (_, a, b, c, d) => `${plain(a ?? b)}/${plain(c ?? d)}`,
  );
  text = text.replace(/<=>|->|<-/g, (arrow) => (arrow === "->" ? "→" : arrow === "<-" ? "←" : "⇄"));
  text = text.replace(/\\([a-zA-Z]+)/g, (_, name: string) => signs[name] ?? "").replace(/\\[,;:! ]/g, " ");
  return text
    .replace(/[{}\\]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

const plain = (part: string): string => (/^[\p{L}\p{N}.,]*$/u.test(part) ? part : `(${part})`);
