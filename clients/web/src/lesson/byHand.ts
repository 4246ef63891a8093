// A class without phones: what was counted by hand, and how many there are to be counted.
import type { Sent } from "../connection/outbox";
import type { Commands } from "../protocol/commands";
import type { Heat, Pace, Tally } from "../protocol/types";
import { hub } from "./joinLink";
import type { Lesson } from "./lesson";

type Hands = Commands["CountHands"]["counts"];

/** How many could answer: the class where its size is known, and never fewer than have joined. */
export const classOf = (pace: Pace | undefined): number => Math.max(pace?.classSize ?? 0, pace?.joined ?? 0);

/** Hands of one round that were counted in one room. */
export const handsIn = (tally: Tally | undefined, round: number, room: number): Hands =>
  tally?.hands?.find((h) => h.round === round && (h.room ?? hub) === room)?.counts ?? [];

/** Hands of who is lost, in one room: at a sentence, or in the whole where there is none. */
export function lostIn(heat: Heat | undefined, at: { variant: string; sentence: number } | undefined, room: number): number {
  const there = (heat?.inRooms ?? []).filter((l) => l.variant === at?.variant && l.sentence === at?.sentence);
  if (room !== hub) return there.find((l) => l.room === room)?.count ?? 0;
  const all = at ? heat?.spots.find((s) => s.variant === at.variant && s.sentence === at.sentence)?.byHand : heat?.wholeByHand;
  return (all ?? 0) - there.reduce((sum, l) => sum + l.count, 0);
}

/** @param room whose hands these are; undefined: the hub's, or those of the room in which a board hangs */
export const count = (lesson: Lesson, questionId: string, counts: Hands, room?: number): Sent =>
  lesson.outbox.send("CountHands", { questionId, counts, ...(room ? { room } : {}) }, `hands/${questionId}/${room ?? ""}`);
