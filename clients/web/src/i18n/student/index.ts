import { dictionary } from "../dictionary";
import type { StudentWords } from "./kk";

export const w = dictionary(import.meta.glob<StudentWords>(["./*.ts", "!./index.ts"], { eager: true, import: "words" }));
