import type { Language } from "../protocol/types";

/** Each language by its own name, in full and in short: a switch says so, whatever is spoken. */
export const ownNames: Record<Language, { full: string; short: string }> = {
  kk: { full: "Қазақша", short: "ҚАЗ" },
  ru: { full: "Русский", short: "РУС" },
  en: { full: "English", short: "ENG" },
};
