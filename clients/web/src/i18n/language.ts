// The language of the interface: chosen by the person, kept on the device.
import { effect, signal } from "@preact/signals";
import { onDevice } from "../device/kept";
import { type Language, languages, type Trilingual } from "../protocol/types";
import { isKnown } from "./known";

const key = "ortaq.language";

export const isLanguage = (text: unknown): text is Language => languages.includes(text as Language);

function first(): Language {
  const kept = onDevice.get(key);
  if (isLanguage(kept)) return kept;
  const wished = (globalThis.navigator?.languages ?? []).map((l) => l.slice(0, 2)).find(isLanguage);
  return wished ?? languages[0];
}

export const language = signal<Language>(first());

if (globalThis.document) {
  effect(() => {
    document.documentElement.lang = language.value;
  });
}

/** Whose words are on their way, and whose did not come. */
export const comingWords = signal<Language | undefined>(undefined);
export const lackingWords = signal<Language | undefined>(undefined);

let wished: Language | undefined;
let fetchWords: (of: Language) => Promise<void> = () => Promise.resolve();

/** How the words come of a language that the page began without. */
export function fetchesBy(fetch: (of: Language) => Promise<void>): void {
  fetchWords = fetch;
}

/** At once where its words are here; else when they have come, and until then, or where they do not come, the page stays as it is.
 *  @param keep false when the lesson chose it, not the person: the next tab may be the teacher's own page */
export function speak(next: Language, keep = true): void {
  wished = next;
  lackingWords.value = undefined;
  comingWords.value = isKnown(next) ? undefined : next;
  const turn = () => {
    language.value = next;
  };
  // Chosen is chosen: where its words do not come, the page begins with them when it is loaded again.
  if (keep) onDevice.set(key, next);
  if (isKnown(next)) {
    turn();
    return;
  }
  fetchWords(next).then(
    () => {
      if (wished !== next) return;
      comingWords.value = undefined;
      turn();
    },
    () => {
      if (wished !== next) return;
      comingWords.value = undefined;
      lackingWords.value = next;
    },
  );
}

/** A text of the lesson in a language; a teacher's own words may be in one language only. */
export function inLanguage(text: Trilingual | undefined, wished: Language = language.value): string {
  if (!text) return "";
  return text[wished] || languages.map((l) => text[l]).find(Boolean) || "";
}

/** One person's words, in the language they were written in. */
export const sameInAll = (text: string): Trilingual => Object.fromEntries(languages.map((l) => [l, text])) as Record<Language, string>;
