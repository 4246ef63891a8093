// A formula in words, in the language of its text: the name that a screen reader says. What it has no words for is named by its TeX.
import { w } from "../../i18n/formula";
import type { Language } from "../../protocol/types";
import { type MathItem, textOf } from "./nodes";
import { readable } from "./readable";

/** What stands over an arrow is said behind it. */
const arrows = /^[→⇌⟶]$/;

class Wordless extends Error {}

export const isChemical = (tex: string): boolean => /\\(?:ce|pu)(?![a-zA-Z])/.test(tex);

export function spoken(math: MathItem, tex: string, language: Language): string {
  const words = w(language);
  const chemical = isChemical(tex);
  const signs: Record<string, string> = words.signs;

  /** A number, and what makes one word with it: 2 %, 1 1/2. */
  const row = (kids: readonly MathItem[]): string => {
    const list: string[] = [];
    for (const [i, kid] of kids.entries()) {
      const before = kids[i - 1];
      const number = before?.name === "mn" ? textOf(before) : undefined;
      if (number !== undefined && textOf(kid) === "%") list[list.length - 1] = words.percent(number);
      else if (number !== undefined && /^\d+$/.test(number) && kid.name === "mfrac" && kid.kids.every((k) => k.name === "mn"))
        list[list.length - 1] = words.mixed(number, say(kid));
      else list.push(say(kid));
    }
    return list.filter(Boolean).join(" ");
  };
  const of = (item: MathItem, at: number): string => {
    const kid = item.kids[at];
    if (!kid) throw new Wordless();
    return say(kid);
  };
  const sign = (text: string): string => {
    if (chemical && text === "→") return words.gives;
    if (/^[\u2061-\u2064\u200b\s]*$/.test(text)) return "";
    // Without a word of ours it is said as the reader says it: left out, another formula would have the same name.
    return signs[text] ?? text;
  };
  /** What a reaction needs is said before what it gives, or it would be heard as a part of that. */
  const arrow = (item: MathItem, conditions: (MathItem | undefined)[]): string => {
    const said = conditions.map((c) => (c ? say(c) : "")).filter(Boolean);
    return said.length > 0 ? `, ${words.condition(said.join(", "))}, ${say(item)}` : say(item);
  };
  const power = (base: string, exponent: MathItem): string => {
    const text = textOf(exponent);
    if (chemical) return `${base} ${row([exponent])}`;
    if (text === "∘" || text === "°") return words.degrees(base);
    if (/^′+$/.test(text)) return `${base} ${Array(text.length).fill(words.prime).join(" ")}`;
    return text === "2" ? words.squared(base) : text === "3" ? words.cubed(base) : words.power(base, say(exponent));
  };
  const index = (base: string, sub: string): string => (chemical ? [base, sub].filter(Boolean).join(" ") : words.index(base, sub));
  /** What ends is said where it would not be heard. */
  const closed = (text: string, parts: string[], end: string): string => (parts.some((p) => p.includes(" ")) ? `${text}, ${end}` : text);

  function say(item: MathItem): string {
    switch (item.name) {
      case "":
        return item.text;
      case "mi":
      case "mn":
        return signs[textOf(item)] ?? textOf(item);
      case "mtext":
        return textOf(item)
          .replace(/\u00a0/g, " ")
          .trim();
      case "mo":
        return sign(textOf(item));
      case "mspace":
      case "mphantom":
        return "";
      case "math":
      case "mrow":
      case "mstyle":
      case "mpadded":
      case "mtd":
        return row(item.kids);
      case "mfrac": {
        if (item.attributes.linethickness !== undefined) throw new Wordless();
        const [over, under] = [of(item, 0), of(item, 1)];
        return closed(words.fraction(over, under), [over, under], words.fractionEnd);
      }
      case "msqrt": {
        const inner = row(item.kids);
        return closed(words.root(inner), [inner], words.rootEnd);
      }
      case "mroot": {
        const [inner, degree] = [of(item, 0), of(item, 1)];
        return closed(words.rootOf(inner, degree), [inner], words.rootEnd);
      }
      case "msup":
        return power(of(item, 0), item.kids[1] ?? item);
      case "msub":
        return index(of(item, 0), of(item, 1));
      case "msubsup":
        return power(index(of(item, 0), of(item, 1)), item.kids[2] ?? item);
      case "mover": {
        const [base, over] = [item.kids[0], item.kids[1]];
        if (!base || !over) throw new Wordless();
        if (arrows.test(textOf(base))) return arrow(base, [over]);
        if (textOf(over) === "") return say(base);
        if (textOf(over) === "→") return words.vector(say(base));
        throw new Wordless();
      }
      case "munderover":
        if (!item.kids[0] || !arrows.test(textOf(item.kids[0]))) throw new Wordless();
        return arrow(item.kids[0], [item.kids[2], item.kids[1]]);
      case "munder":
        if (item.kids[0] && arrows.test(textOf(item.kids[0]))) return arrow(item.kids[0], [item.kids[1]]);
        return [of(item, 0), of(item, 1)].join(" ");
      case "mtable":
        return item.kids.map((r) => r.kids.map(say).filter(Boolean).join(", ")).join("; ");
      default:
        throw new Wordless();
    }
  }

  try {
    return (
      row([math])
        .replace(/\s+/g, " ")
        .replace(/ ([,;.])/g, "$1")
        .trim() || readable(tex)
    );
  } catch {
    return readable(tex) || tex;
  }
}
