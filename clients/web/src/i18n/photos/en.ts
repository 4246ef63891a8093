import type { PhotosWords } from "./kk";

export const words: PhotosWords = {
  title: "Photos",
  take: "Take a photo",
  about:
    "Take a photo of your drawing, a page or a model: 3 at most. You and whoever shares this phone see them, and the teacher does once you hand in.",
  nth: (n) => `Photo ${n}`,
  remove: (n) => `Remove photo ${n}`,
  removeAsk: "It cannot be brought back. Remove it?",
  drop: "Remove",
  larger: (n) => `Enlarge photo ${n}`,
  sending: "Sending…",
  preparing: "Preparing…",
  again: "Send again",
  waits: "It goes by itself when the line is back. Please keep this page open.",
  waitFor: "Please wait until the photo is sent: you can hand in after that.",
  gone: "The photo could not be opened",
  one: (n) => `photos: ${n}`,
  unseen: "AI does not see photos: it reads the text only.",
};
