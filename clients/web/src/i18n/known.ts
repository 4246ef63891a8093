// The words of the areas that the student's page shares with the others: all languages at once there, one language at first here, the others when they
// are wished for.
import type { Language } from "../protocol/types";

const known = new Map<string, unknown>();

/** @param files by path: `./student/kk.ts` */
export function learn(files: Record<string, unknown>): void {
  for (const [path, words] of Object.entries(files)) known.set(path.slice("./".length, -".ts".length), words);
}

export const isKnown = (language: Language): boolean => known.has(`common/${language}`);

export const wordsOf = (area: string, language: Language): unknown => known.get(`${area}/${language}`);
