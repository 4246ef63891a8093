import { dictionary } from "../dictionary";
import type { PhotosWords } from "./kk";

export const w = dictionary(import.meta.glob<PhotosWords>(["./*.ts", "!./index.ts"], { eager: true, import: "words" }));
