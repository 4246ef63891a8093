import { dictionary } from "../dictionary";
import type { RehearsalWords } from "./kk";

export const w = dictionary(import.meta.glob<RehearsalWords>(["./*.ts", "!./index.ts"], { eager: true, import: "words" }));
