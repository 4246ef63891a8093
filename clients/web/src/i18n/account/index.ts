import { dictionary } from "../dictionary";
import type { AccountWords } from "./kk";

export const w = dictionary(import.meta.glob<AccountWords>(["./*.ts", "!./index.ts"], { eager: true, import: "words" }));
