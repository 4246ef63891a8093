// A question that the teacher makes up in the lesson: what is typed, and what is sent of it.
import { language } from "../../../i18n";
import { type Language, languages, type QuestionKind, type QuestionPlan, type Trilingual } from "../../../protocol/types";

/** What is typed in each language; absent or blank where nothing is. */
export type OwnText = Partial<Record<Language, string>>;
export type OwnOption = { text: OwnText; correct: boolean };
export type Own = {
  kind: QuestionKind;
  three: boolean;
  text: OwnText;
  options: OwnOption[];
  min: number;
  max: number;
  low: OwnText;
  high: OwnText;
  why: OwnText;
};

export const blank = (): Own => ({
  kind: "open",
  three: false,
  text: {},
  options: [
    { text: {}, correct: false },
    { text: {}, correct: false },
  ],
  min: 1,
  max: 5,
  low: {},
  high: {},
  why: {},
});

/** In all three languages: what is missing in one is said as in the teacher's, else as in the first that there is. Undefined: nothing was typed. */
export function whole(text: OwnText, three: boolean): Trilingual | undefined {
  const said = (l: Language) => (three || l === language.value ? text[l]?.trim() || undefined : undefined);
  const instead = said(language.value) ?? languages.map(said).find((x) => x !== undefined);
  if (instead === undefined) return undefined;
  return { kk: said("kk") ?? instead, ru: said("ru") ?? instead, en: said("en") ?? instead };
}

const optionsOf = (own: Own): { text: Trilingual; correct: boolean }[] =>
  own.options.flatMap((o) => {
    const text = whole(o.text, own.three);
    return text ? [{ text, correct: o.correct }] : [];
  });

/** The first right one alone: such a question has one key. */
export function oneRight(options: readonly OwnOption[]): OwnOption[] {
  const first = options.findIndex((o) => o.correct);
  return options.map((o, i) => ({ ...o, correct: o.correct && i === first }));
}

const choses = (kind: QuestionKind): boolean => kind === "single" || kind === "multiple";

/** Whether the server would take it. */
export function isReady(own: Own): boolean {
  if (!whole(own.text, own.three)) return false;
  if (own.kind === "scale") return Number.isInteger(own.min) && Number.isInteger(own.max) && own.min < own.max && own.max - own.min <= 10;
  if (!choses(own.kind)) return true;
  const options = optionsOf(own);
  // Two that read the same cannot be told apart.
  const different = (l: Language) => new Set(options.map((o) => o.text[l])).size === options.length;
  return options.length >= 2 && languages.every(different);
}

/** What is sent: what is not of its kind is left out. */
export function asked(own: Own, id: string): QuestionPlan {
  const text = (of: OwnText) => whole(of, own.three);
  const [low, high, why] = [text(own.low), text(own.high), text(own.why)];
  const scale = own.kind === "scale";
  return {
    id,
    kind: own.kind,
    text: text(own.text) ?? { kk: "", ru: "", en: "" },
    options: choses(own.kind) ? optionsOf(own).map((o, i) => ({ id: `${i + 1}`, ...o })) : [],
    min: scale ? own.min : 0,
    max: scale ? own.max : 0,
    ...(scale && low ? { minLabel: low } : {}),
    ...(scale && high ? { maxLabel: high } : {}),
    ...((scale || choses(own.kind)) && why ? { why } : {}),
  };
}
