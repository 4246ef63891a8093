import { dictionary } from "../dictionary";
import type { OwnWords } from "./kk";

export const w = dictionary(import.meta.glob<OwnWords>(["./*.ts", "!./index.ts"], { eager: true, import: "words" }));
