import { dictionary } from "../dictionary";
import type { CommonWords } from "./kk";

export const t = dictionary(import.meta.glob<CommonWords>(["./*.ts", "!./index.ts"], { eager: true, import: "words" }));
