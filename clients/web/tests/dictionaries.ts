// Every dictionary of the interface by language and area, and a walk through its words.
import { type Language, languages } from "../src/protocol/types";

const files = import.meta.glob<unknown>(["../src/i18n/*/*.ts", "!../src/i18n/*/index.ts"], { eager: true, import: "words" });

/** `../src/i18n/student/kk.ts` */
const placeOf = (path: string): [area: string, language: string] => path.slice(0, -".ts".length).split("/").slice(-2) as [string, string];

export const dictionaries = Object.fromEntries(
  languages.map((language) => [
    language,
    Object.fromEntries(
      Object.entries(files)
        .filter(([path]) => placeOf(path)[1] === language)
        .map(([path, words]) => [placeOf(path)[0], words]),
    ),
  ]),
) as Record<Language, Record<string, unknown>>;

/** Languages that have a file in some dictionary. */
export const spoken = new Set(Object.keys(files).map((path) => placeOf(path)[1]));

export type Sentence = (...args: unknown[]) => unknown;

/** Each text or sentence of a dictionary with its path: `student.work.count`. */
export function* leaves(value: unknown, path = ""): Generator<[path: string, leaf: unknown]> {
  if (value === null || typeof value !== "object") yield [path, value];
  else for (const [key, each] of Object.entries(value)) yield* leaves(each, path ? `${path}.${key}` : key);
}
