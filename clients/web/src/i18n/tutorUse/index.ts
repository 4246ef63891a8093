import { dictionary } from "../dictionary";
import type { TutorUseWords } from "./kk";

export const w = dictionary(import.meta.glob<TutorUseWords>(["./*.ts", "!./index.ts"], { eager: true, import: "words" }));
