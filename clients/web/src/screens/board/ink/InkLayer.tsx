import { useEffect, useMemo } from "preact/hooks";
import { w } from "../../../i18n/board";
import type { InkStroke } from "../../../lesson/ink";
import { outlineOf } from "../../../lesson/inkOutline";
import { boardHeight, boardWidth, onBoard, type Point } from "../../../lesson/inkPoints";
import { type Pens, picked } from "./pens";

/** All ink of a step, over the whole board. It takes the pointer only while a tool is picked, so that what lies below can be pressed otherwise. */
export function InkLayer({ pens, stepId }: { pens: Pens; stepId: string }) {
  const { ink, hand } = pens;
  const tool = pens.mayDraw ? picked.value.tool : undefined;
  const erasing = hand.erasing.value;
  const drawn = hand.sketch.value?.stroke.value;
  const strokes = ink.over(stepId).filter((s) => !erasing.has(s.id));
  useEffect(() => {
    const undo = (e: KeyboardEvent) => {
      if (pens.mayDraw && (e.ctrlKey || e.metaKey) && e.code === "KeyZ" && !e.repeat) ink.undo(stepId);
    };
    addEventListener("keydown", undo);
    return () => removeEventListener("keydown", undo);
  }, [ink, stepId, pens.mayDraw]);
  return (
    <svg
      class={`ink-layer ${tool ?? ""}`}
      viewBox={`0 0 ${boardWidth} ${boardHeight}`}
      role="img"
      aria-label={w().ink.drawn}
      aria-hidden={strokes.length === 0}
      data-testid="ink"
      onPointerDown={(e) => {
        const at = pointOf(e, e.currentTarget);
        if (!tool || !at || (e.button > 0 && e.pointerType === "mouse")) return;
        if (hand.down(e, at, stepId, tool, tool === "highlighter" ? picked.value.highlighter : picked.value.pen))
          capture(e.currentTarget, e.pointerId);
      }}
      onPointerMove={(e) => hand.move(e, pointsOf(e, e.currentTarget))}
      onPointerUp={(e) => hand.up(e)}
      onPointerCancel={(e) => hand.cancel(e)}
      // Where the browser takes the pointer away and says nothing else; after an end of its own nothing is left to cancel.
      onLostPointerCapture={(e) => hand.cancel(e)}
    >
      {strokes.map((s) => (
        <Path key={s.id} stroke={s} />
      ))}
      {drawn && drawn.stepId === stepId && <Path stroke={drawn} />}
    </svg>
  );
}

function Path({ stroke }: { stroke: InkStroke }) {
  const d = useMemo(() => outlineOf(stroke.tool, stroke.points), [stroke.tool, stroke.points]);
  return <path class={`${stroke.tool} ${stroke.colour}`} d={d} />;
}

// A pointer that has left already cannot be held.
function capture(surface: Element, pointerId: number): void {
  try {
    surface.setPointerCapture(pointerId);
  } catch {}
}

function pointOf(e: PointerEvent, surface: Element): Point | undefined {
  const box = surface.getBoundingClientRect();
  const [x, y] = [((e.clientX - box.left) / box.width) * boardWidth, ((e.clientY - box.top) / box.height) * boardHeight];
  // Only a pen measures how hard it is pressed; the others say what they like.
  return onBoard(x, y, e.pointerType === "pen" && e.pressure > 0 ? e.pressure : 0.5);
}

/** Where it has been since the last event, which comes once a frame: a quick hand is no polygon. */
function pointsOf(e: PointerEvent, surface: Element): Point[] {
  const all = e.getCoalescedEvents?.() ?? [];
  return (all.length > 0 ? all : [e]).map((x) => pointOf(x, surface)).filter((at) => at !== undefined);
}
