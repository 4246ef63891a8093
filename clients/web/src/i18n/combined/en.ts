import type { CombinedWords } from "./kk";

export const words: CombinedWords = {
  title: "Combined class",
  open: "Open a second group (combined class)",
  about:
    "Where two classes share the room: the second one has a lesson, a plan and a step of its own. The code of either lesson lets everybody in.",
  choose: "Choose the lesson of the second group",
  first: (name) => `First group: ${name}`,
  here: "this group",
};
