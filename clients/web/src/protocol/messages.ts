// Messages from the hub and methods of the hub. Their names on the wire are here and nowhere else.
import type { CommandName } from "./commands";
import type { Messages as Arguments } from "./generated/wire";

export const hubPath = "/hubs/classroom";

export type MessageName = Uncapitalize<keyof Arguments>;
/** From the hub: what each message carries. */
export type Messages = { [M in MessageName]: (...args: Arguments[Capitalize<M>]) => void };

export const messageOnWire: { [M in MessageName]: Capitalize<M> } = {
  /** The whole view as it is at a version. */
  snapshot: "Snapshot",
  /** A patch takes a view from a version to a later one. */
  patch: "Patch",
  /** A part of a streamed explanation: its number in the lesson, variant, epoch, offset, text, sentence ends. */
  text: "Text",
  /** Points of a stroke that a board draws just now. */
  stroke: "Stroke",
  /** Who is connected just now: to a teacher the students and helpers, to a helper the students and boards of its room. */
  presence: "Presence",
  /** Whether the server can store anything. Sent to teacher, students and helpers. */
  saving: "Saving",
  /** This connection may not come back: removed, replaced by another page, or over. */
  closed: "Closed",
  /** A mentor's wall: changed tiles, or all of them. */
  tiles: "Tiles",
};

export const methods = {
  sync: "Sync",
  execute: "Execute",
  readText: "ReadText",
  watchCentre: "WatchCentre",
  ping: "Ping",
  sketch: "Sketch",
} as const;

/**
 * The id is the idempotency key. The server reads the fields by the name: it comes before them.
 * @param waited milliseconds since the person pressed, when it took a while to get here
 * @param children for whom of those who share this phone it is
 */
export const commandCall = (
  name: CommandName,
  id: string,
  fields: unknown,
  waited?: number,
  children?: readonly string[],
): [method: string, call: unknown] => [
  methods.execute,
  { id, name, fields, ...(waited ? { waited } : {}), ...(children ? { for: children } : {}) },
];
