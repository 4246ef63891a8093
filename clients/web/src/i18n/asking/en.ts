import type { AskingWords } from "./kk";

export const words: AskingWords = {
  own: {
    three: "Write in three languages",
    threeHow: "Where a language is left empty, students see the text that is filled in.",
    option: (n) => `Option ${n}`,
    add: "Add an option",
    remove: (n) => `Remove option ${n}`,
    isRight: (n) => `Right answer: option ${n}`,
    why: "Why? (shown together with the right answer)",
    from: "Scale from",
    to: "Scale to",
    low: "What the lowest value means",
    high: "What the highest value means",
  },
  alike: {
    group: "Put similar answers together",
    groupAnew: "Group again, with the new ones",
    how: "Answers with similar words stand together. Only you see this: please check, split or join.",
    count: (n) => `Similar answers: ${n}`,
    ungroup: "Show each by itself",
    apart: "Set this answer apart",
    joinTo: "Join with another answer…",
    arrived: "Came later",
  },
};
