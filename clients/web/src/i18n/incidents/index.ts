import { dictionary } from "../dictionary";
import type { IncidentWords } from "./kk";

export const w = dictionary(import.meta.glob<IncidentWords>(["./*.ts", "!./index.ts"], { eager: true, import: "words" }));
