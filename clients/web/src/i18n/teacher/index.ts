import { dictionary } from "../dictionary";
import type { TeacherWords } from "./kk";

export const w = dictionary(import.meta.glob<TeacherWords>(["./*.ts", "!./index.ts"], { eager: true, import: "words" }));
