import { dictionary } from "../dictionary";
import type { ReturnedWords } from "./kk";

export const w = dictionary(import.meta.glob<ReturnedWords>(["./*.ts", "!./index.ts"], { eager: true, import: "words" }));
