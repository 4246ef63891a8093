import type { ReturnedWords } from "./kk";

export const words: ReturnedWords = {
  title: "Вам вернули работу",
  how: "Доработайте и сдайте её ещё раз.",
};
