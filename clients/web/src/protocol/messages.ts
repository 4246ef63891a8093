// Messages from the hub and methods of the hub. Their names on the wire are here and nowhere else.
import type { CommandName } from "./commands";
import type { EntityChange, Tile, Variant } from "./types";

export const hubPath = "/hubs/classroom";

/** From the hub: what each message carries. */
export type Messages = {
  /** The whole view as it is at `seq`. */
  snapshot: (seq: number, entities: EntityChange[]) => void;
  /** A patch takes a view from the version `from` to `seq`. */
  patch: (from: number, seq: number, changes: EntityChange[]) => void;
  /** A part of a streamed explanation. */
  text: (explanationId: string, variant: Variant, offset: number, chunk: string, sentenceEnds: number[]) => void;
  /** Students connected just now. */
  presence: (studentIds: string[]) => void;
  /** Whether the server can store anything. */
  saving: (works: boolean) => void;
  /** This connection may not come back: removed, or replaced by another page. */
  closed: (code: string) => void;
  /** A mentor's wall: changed tiles, or all of them. */
  tiles: (tiles: Tile[], all: boolean) => void;
};
export type MessageName = keyof Messages;

export const messageOnWire: Record<MessageName, string> = {
  snapshot: "Snapshot",
  patch: "Notices",
  text: "Text",
  presence: "Presence",
  saving: "Saving",
  closed: "Closed",
  tiles: "Tiles",
};

/** Methods of the hub beside the commands. */
export const methods = { enter: "Enter", readText: "ReadText", watchCentre: "WatchCentre" } as const;

/** A command is a method of its own name. */
export const commandCall = (name: CommandName, commandId: string, fields: unknown): [method: string, ...args: unknown[]] => [
  name,
  commandId,
  fields,
];
