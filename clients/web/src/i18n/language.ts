// The language of the interface: chosen by the person, kept on the device.
import { effect, signal } from "@preact/signals";
import { onDevice } from "../device/kept";
import { type Language, languages, type Trilingual } from "../protocol/types";

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

/** @param keep false when the lesson chose it, not the person: the next tab may be the teacher's own page */
export function speak(next: Language, keep = true): void {
  language.value = next;
  if (keep) onDevice.set(key, next);
}

/** A text of the lesson in a language; a teacher's own words may be in one language only. */
export function inLanguage(text: Trilingual | undefined, wished: Language = language.value): string {
  if (!text) return "";
  return text[wished] || languages.map((l) => text[l]).find(Boolean) || "";
}

/** One person's words, in the language they were written in. */
export const sameInAll = (text: string): Trilingual => Object.fromEntries(languages.map((l) => [l, text])) as Record<Language, string>;
