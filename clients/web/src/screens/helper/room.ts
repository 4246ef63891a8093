// Who is in the helper's room, as her page has it.
import type { Lesson } from "../../lesson/lesson";
import type { Child } from "../../protocol/types";

export type Placed = [id: string, child: Child];

/** By nickname. */
export const childrenOf = (lesson: Lesson): Placed[] =>
  [...lesson.store.all("child")].sort(([, a], [, b]) => a.nickname.localeCompare(b.nickname));

/** Connected just now, on its own screen or on one that it shares. */
export const isHere = (lesson: Lesson, [id, child]: Placed): boolean =>
  [id, ...(child.sharedWith ?? [])].some((one) => lesson.present.value.has(one));

/** The others on its phone, as they are called. */
export const matesOf = (lesson: Lesson, child: Child): string =>
  (child.sharedWith ?? []).map((id) => lesson.store.one("child", id)?.nickname ?? "…").join(", ");
