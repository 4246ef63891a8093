import type { RehearsalWords } from "./kk";

export const words: RehearsalWords = {
  title: "Try a lesson with 24 students now",
  text: "A practice class joins your lesson: it answers questions, does not understand some sentences, raises a hand. No internet and no AI needed; it counts in no report.",
  kit: "Lesson:",
  start: "Start the rehearsal",
  note: "On the board in less than a minute",
  running:
    "A program plays these students, and nothing counts in a report. Press a topic, then open the board: what is not understood lights up.",
  board: "Open the board",
  ended: "The rehearsal is over. It counts in no report.",
};
