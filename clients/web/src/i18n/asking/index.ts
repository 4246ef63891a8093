import { dictionary } from "../dictionary";
import type { AskingWords } from "./kk";

export const w = dictionary(import.meta.glob<AskingWords>(["./*.ts", "!./index.ts"], { eager: true, import: "words" }));
