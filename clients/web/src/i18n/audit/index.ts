import { dictionary } from "../dictionary";
import type { AuditWords } from "./kk";

export const w = dictionary(import.meta.glob<AuditWords>(["./*.ts", "!./index.ts"], { eager: true, import: "words" }));
