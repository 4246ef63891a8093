import { dictionary } from "../dictionary";
import type { BoardWords } from "./kk";

export const w = dictionary(import.meta.glob<BoardWords>(["./*.ts", "!./index.ts"], { eager: true, import: "words" }));
