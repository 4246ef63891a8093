// Every word of the interface, by language, as anchored patterns: what the browser tests look for in the wrong place.
import { t } from "../src/i18n";
import { languages } from "../src/protocol/types";
import { dictionaries } from "./dictionaries";

const mark = "\u0001";
const number = "\u0002";

function leaves(value: unknown, into: Set<string>): Set<string> {
  if (typeof value === "string") into.add(value);
  else if (typeof value === "function") {
    // A sentence with a number or a name in it: said with 1, 2 and 5, so that every plural form is met.
    for (const n of [1, 2, 5]) {
      for (const args of [
        [n, n, mark],
        [mark, mark, mark],
      ]) {
        try {
          const said: unknown = value(...args);
          if (typeof said === "string") into.add(said.replace(/\d+/g, number));
        } catch {
          // It wanted the other kind of argument.
        }
      }
    }
  } else if (value && typeof value === "object") for (const each of Object.values(value)) leaves(each, into);
  return into;
}

const letters = /\p{L}{2}/u;
/** `… and …` fits every other sentence of a child: it tells no language. */
const joint = new RegExp(`^${mark}\\s*\\p{L}*\\s*${mark}$`, "u");
const pattern = (text: string): string =>
  `^${text
    .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
    .replaceAll(mark, ".{1,60}")
    .replaceAll(number, "\\d{1,12}")}$`;

/** A switch names each language in its own way, whatever is spoken. */
const ownNames = languages.flatMap((l) => [t(l).ownName, t(l).ownShort]);

export const words = Object.fromEntries(
  Object.entries(dictionaries).map(([language, { refusals: _, ...tables }]) => [
    language,
    [...leaves({ ...tables, ownNames }, new Set())]
      .filter((text) => letters.test(text.replaceAll(mark, "")) && !joint.test(text))
      .map(pattern),
  ]),
);
