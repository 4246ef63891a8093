// A class without phones: what was counted by hand, and how many there are to be counted.
import type { Sent } from "../connection/outbox";
import type { Commands } from "../protocol/commands";
import type { Pace, Round } from "../protocol/types";
import type { Lesson } from "./lesson";

type Hands = Commands["CountHands"]["counts"];

export const handsOf = (round: Round | undefined): Hands =>
  (round?.counts ?? []).filter((c) => c.byHand).map((c) => ({ key: c.key, count: c.byHand ?? 0 }));

/** How many could answer: the class where its size is known, and never fewer than have joined. */
export const classOf = (pace: Pace | undefined): number => Math.max(pace?.classSize ?? 0, pace?.joined ?? 0);

export const count = (lesson: Lesson, questionId: string, counts: Hands): Sent =>
  lesson.outbox.send("CountHands", { questionId, counts }, `hands/${questionId}`);
