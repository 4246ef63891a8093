import { dictionary } from "../dictionary";
import type { CombinedWords } from "./kk";

export const w = dictionary(import.meta.glob<CombinedWords>(["./*.ts", "!./index.ts"], { eager: true, import: "words" }));
