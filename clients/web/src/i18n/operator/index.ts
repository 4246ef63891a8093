import { dictionary } from "../dictionary";
import type { OperatorWords } from "./kk";

export const w = dictionary(import.meta.glob<OperatorWords>(["./*.ts", "!./index.ts"], { eager: true, import: "words" }));
