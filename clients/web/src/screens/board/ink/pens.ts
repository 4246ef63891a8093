// What is in the teacher's hand at this board: the tool and its colours. Kept while the page is open, over the steps.
import { signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { Ink } from "../../../lesson/ink";
import type { Lesson } from "../../../lesson/lesson";
import type { InkColour } from "../../../protocol/types";
import { Hand, type Tool } from "./hand";

export type Pens = { ink: Ink; hand: Hand; mayDraw: boolean };

export const picked = signal<{ tool: Tool | undefined; pen: InkColour; highlighter: InkColour }>({
  tool: undefined,
  pen: "coral",
  highlighter: "sun",
});

export function usePens(lesson: Lesson): Pens {
  const { ink, hand } = useMemo(() => {
    const ink = new Ink(lesson);
    return { ink, hand: new Hand(ink) };
  }, [lesson]);
  useEffect(() => () => ink.stop(), [ink]);
  const board = lesson.boardId.value;
  return { ink, hand, mayDraw: board !== undefined && (lesson.store.one("pens")?.boards ?? []).includes(board) };
}
