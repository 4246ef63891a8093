// Reads texts as an editor would, by the lists of `tests/Shared/Words`: words that are refused, and words that no dictionary knows.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import type { Language } from "../src/protocol/types";

export type Said = { place: string; text: string };
/** Stands for what is not known before the sentence is said. */
export const placeholder = "◌";

const folder = "../../tests/Shared/Words";
const lines = (file: string): string[] => readFileSync(`${folder}/${file}`, "utf8").split("\n").filter(Boolean);

const rows = ["glossary.tsv", "reader.tsv"].flatMap((file) =>
  lines(file)
    .slice(1)
    .map((line) => {
      const [language = "", where = "", refused = "", say = "", except = ""] = line.split("\t");
      return { language, where, refused: new RegExp(refused, "iu"), say, except: except.split("|").filter(Boolean) };
    }),
);

/** What is refused in these texts, each with its place and what to say. */
export function refused(language: Language, texts: Said[]): string[] {
  const found: string[] = [];
  for (const row of rows) {
    if (row.language !== "*" && row.language !== language) continue;
    if (!["*", "screens", "said"].includes(row.where)) continue;
    for (const { place, text } of texts) {
      const left = row.except.reduce((all, phrase) => all.replaceAll(phrase, ""), text);
      const match = row.refused.exec(left);
      if (match) found.push(`${place}: «${match[0]}» in «${text}»: say ${row.say}`);
    }
  }
  return found;
}

const dictionary: Record<Language, string> = { kk: "kk_KZ", ru: "ru_RU", en: "en_US" };
export const listed = (language: Language): string[] => lines(`${language}.txt`);

/** Words of which hunspell says that it does not know them. */
export function unknown(language: Language, words: Iterable<string>): string[] {
  const name = dictionary[language];
  if (!existsSync(`/usr/share/hunspell/${name}.dic`))
    throw new Error(`hunspell's ${name} is missing: apt-get install hunspell hunspell-kk hunspell-ru hunspell-en-us`);
  const run = spawnSync("hunspell", ["-i", "utf-8", "-d", name, "-l"], { input: `${[...words].join("\n")}\n`, encoding: "utf8" });
  if (run.error) throw run.error;
  return [...new Set(run.stdout.split("\n").filter(Boolean))];
}

/** Words that neither hunspell nor the project's list knows, with where they stand. */
export function misspelt(language: Language, texts: Said[]): string[] {
  const pattern = language === "en" ? /(?<![\p{L}\d@:/.])[A-Za-z]+(?:['’][a-z]+)*(?![\p{L}@:/])/gu : /[Ѐ-ӿ]+/gu;
  const words = new Map<string, string>();
  for (const { place, text } of texts)
    for (const [word] of text.replaceAll(/\{\w+\}/g, " ").matchAll(pattern)) if (!words.has(word)) words.set(word, place);
  const known = new Set(listed(language));
  return unknown(language, words.keys())
    .filter((word) => !known.has(word) && !known.has(word.toLowerCase()))
    .map((word) => `${words.get(word)}: ${word}`);
}
