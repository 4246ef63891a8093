import { dictionary } from "../dictionary";
import type { FormulaWords } from "./kk";

/** Comes with what sets formulas, after the page. */
export const w = dictionary(import.meta.glob<FormulaWords>(["./*.ts", "!./index.ts"], { eager: true, import: "words" }));
