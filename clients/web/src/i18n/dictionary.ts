// A dictionary is a folder with one file a language, all of one shape: the shape is `kk.ts`.
import type { Language } from "../protocol/types";
import { wordsOf } from "./known";
import { language } from "./language";

/** The words of an area; reading them in a component follows the language. */
export type Dictionary<T> = (of?: Language) => T;

/** @param files the folder's own, by path: `./kk.ts`. `tests/dictionaries.test.ts` holds that each language has one. */
export function dictionary<T>(files: Record<string, T>): Dictionary<T> {
  const words = new Map(Object.entries(files).map(([path, each]) => [path.slice("./".length, -".ts".length), each]));
  return (of = language.value) => words.get(of) as T;
}

/** Of an area whose words `whole.ts` or `late.ts` brings. A language that has not come is spoken in the page's own. */
export const shared =
  <T>(area: string): Dictionary<T> =>
  (of = language.value) =>
    (wordsOf(area, of) ?? wordsOf(area, language.value)) as T;
