// Draws a component inside a lesson, and finds what a person would.
import { configure, render } from "@testing-library/preact";
import type { ComponentChild } from "preact";
import { speak } from "../../src/i18n";
import { LessonContext } from "../../src/lesson/context";
import type { Lesson } from "../../src/lesson/lesson";
import { type Language, languages } from "../../src/protocol/types";

// Its own limit is a second, which a machine at work may need for a render: a condition that holds late is still met.
configure({ asyncUtilTimeout: 30_000 });

export function show(lesson: Lesson, component: ComponentChild, language: Language = "kk"): HTMLElement {
  speak(language);
  return render(<LessonContext.Provider value={lesson}>{component}</LessonContext.Provider>).container as HTMLElement;
}

/** Once in each language, with nothing left over. */
export function inEachLanguage(check: (language: Language) => void): void {
  for (const language of languages) check(language);
}

export const all = (text: string): { kk: string; ru: string; en: string } => ({ kk: text, ru: text, en: text });
