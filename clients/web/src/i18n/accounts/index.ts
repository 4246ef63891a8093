import { dictionary } from "../dictionary";
import type { AccountsWords } from "./kk";

export const w = dictionary(import.meta.glob<AccountsWords>(["./*.ts", "!./index.ts"], { eager: true, import: "words" }));
