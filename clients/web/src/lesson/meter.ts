import type { Meter } from "../protocol/types";

const near = 0.8;
export type Spent = "calm" | "near" | "reached";

/** How much of the lesson's AI budget is used. */
export const spentOf = (m: Meter): Spent => (m.limit <= 0 || m.tokens < m.limit * near ? "calm" : m.tokens < m.limit ? "near" : "reached");
