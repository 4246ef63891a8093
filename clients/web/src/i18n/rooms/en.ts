import type { RoomsWords } from "./kk";

export const words: RoomsWords = {
  title: "Rooms",
  about: "Where students of another room take part, add it here: it gets a link and a board of its own.",
  hub: "Main room",
  newName: "Name of the room",
  add: "Add a room",
  close: "Close",
  closeAsk: "Close this room? Its students and boards go to the main room; nothing is lost.",
  room: "Room",
  roomOf: (name) => `${name}: room`,
  which: "Which room are you in?",
  joined: (n, here) => `Joined: ${n} · connected: ${here}`,
  hands: (n) => `Hands up: ${n}`,
  answered: (n, all) => `Answered: ${n} of ${all}`,
  lost: (n, all) => `Lost: ${n} of ${all}`,
  notHandedIn: (n) => `Not handed in: ${n}`,
  inRoom: (n) => `Here: ${n}`,
  inAll: (n) => `in all: ${n}`,
  lostAll: (n, all) => `in all: ${n} of ${all}`,
  teamLimits: (range) => `Teams: ${range}. Each room has its own, and who shares a phone is in one.`,
  over: "The lesson is over: rooms stay as they were.",
};
