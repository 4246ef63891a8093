import { dictionary } from "../dictionary";
import type { ListenWords } from "./kk";

export const w = dictionary(import.meta.glob<ListenWords>(["./*.ts", "!./index.ts"], { eager: true, import: "words" }));
