import type { ReturnedWords } from "./kk";

export const words: ReturnedWords = {
  title: "Your work was returned",
  how: "Please improve it and hand it in again.",
};
