// A formula in words, in the language of its text: the name that a screen reader says. What it has no words for is named by its TeX.
import { w } from "../../i18n/formula";
import type { Language } from "../../protocol/types";
import { readable } from "./readable";
import { type MathItem, textOf } from "./nodes";

/** What stands over an arrow is said behind it. */
const arrows = /^[→⇌⟶]$/;

class Wordless extends Error {}

export function spoken(math: MathItem, tex: string, language: Language): string {
  const words = w(language);
  const isChemical = /\\(?:ce|pu)\b/.test(tex);
  const signs: Record<string, string> = words.signs;

  const row = (kids: readonly MathItem[]): string => kids.map(say).filter(Boolean).join(" ");
  const of = (item: MathItem, at: number): string => {
    const kid = item.kids[at];
    if (!kid) throw new Wordless();
    return say(kid);
  };
  const sign = (text: string, inCharge = false): string => {
    if (isChemical && !inCharge && text === "→") return words.gives;
    if (/^[\u2061-\u2064\u200b\s]*$/.test(text)) return "";
    const word = signs[text];
    if (word) return word;
    if (/^[\p{L}\p{N},.;:!?…]+$/u.test(text)) return text;
    throw new Wordless();
  };
  const power = (base: string, exponent: MathItem): string => {
    const text = textOf(exponent);
    if (isChemical) return `${base} ${row([exponent])}`;
    if (text === "∘" || text === "°") return `${base} ${words.degrees}`;
    if (/^′+$/.test(text)) return `${base} ${Array(text.length).fill(words.prime).join(" ")}`;
    return text === "2" ? words.squared(base) : text === "3" ? words.cubed(base) : words.power(base, say(exponent));
  };
  const index = (base: string, sub: string): string => (isChemical ? [base, sub].filter(Boolean).join(" ") : words.index(base, sub));
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
        if (arrows.test(textOf(base)) || textOf(over) === "") return [say(base), say(over)].filter(Boolean).join(" ");
        if (textOf(over) === "→") return words.vector(say(base));
        throw new Wordless();
      }
      case "munderover":
        if (!arrows.test(textOf(item.kids[0] ?? item))) throw new Wordless();
        return row(item.kids);
      case "munder":
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
