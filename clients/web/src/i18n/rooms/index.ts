import { dictionary } from "../dictionary";
import type { RoomsWords } from "./kk";

export const w = dictionary(import.meta.glob<RoomsWords>(["./*.ts", "!./index.ts"], { eager: true, import: "words" }));
