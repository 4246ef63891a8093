import { dictionary } from "../dictionary";
import type { HelperWords } from "./kk";

export const w = dictionary(import.meta.glob<HelperWords>(["./*.ts", "!./index.ts"], { eager: true, import: "words" }));
