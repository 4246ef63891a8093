import { dictionary } from "../dictionary";
import type { MentorWords } from "./kk";

export const w = dictionary(import.meta.glob<MentorWords>(["./*.ts", "!./index.ts"], { eager: true, import: "words" }));
