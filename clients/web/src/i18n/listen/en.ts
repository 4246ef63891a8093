import type { ListenWords } from "./kk";

export const words: ListenWords = {
  start: "Listen to the text",
  pause: "Pause",
  go: "Go on",
  stop: "Stop listening",
  tap: "Press a sentence to start from it.",
  loading: "Getting the voice…",
  noVoice: "Neither this phone nor the server has a voice for this language. Please read the text yourself.",
  failed: "The voice did not come. Check the connection and press again.",
};
