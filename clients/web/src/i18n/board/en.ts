import type { BoardWords } from "./kk";

export const words: BoardWords = {
  pair: {
    title: "Connect this board to a lesson",
    text: "The teacher types this code on their own screen, under “Board”.",
    again: "New code",
    expired: "The code is too old.",
  },
  lobby: {
    open: (host) => `Open ${host} and type the code`,
    closed: "The door is closed",
    more: (n) => `+${n}`,
    soon: "The teacher will start the lesson",
  },
  joinAt: (host, n) => `${host} · ${n} joined`,
  explanation: "Explanation",
  stopped: "Stopped",
  unclear: "What is unclear?",
  lost: (n) => (n === 1 ? "1 student" : `${n} students`),
  question: "Question",
  answered: (n, all) => `${n} of ${all} answered`,
  closed: "Answers are closed",
  why: "Why it is so",
  said: "Answers from the class",
  talk: "Discussion task",
  make: "What we make",
  ideas: "The class's ideas",
  ended: "The lesson is over",
  thanks: "Thank you. See you next lesson.",
  gone: "This board is no longer connected to the lesson.",
  pairAgain: "Connect again",
  secondRound: "Think again",
};
