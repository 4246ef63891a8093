import { useState } from "preact/hooks";
import { w } from "../../i18n/own";
import { ruler } from "../../ui/reading";

/** Of the screen's height, in per cent. */
const highest = 4;
const lowest = 74;
const step = 3;
const within = (at: number): number => Math.min(lowest, Math.max(highest, at));

/** A strip of the screen that stays bright, for who loses the line: moved by its handle, with a finger or with keys. */
export function Ruler() {
  const [at, setAt] = useState(30);
  if (!ruler.value) return null;
  const follow = (e: PointerEvent & { currentTarget: HTMLElement }) => {
    if (!e.currentTarget.hasPointerCapture(e.pointerId)) return;
    const strip = e.currentTarget.parentElement?.offsetHeight ?? 0;
    setAt(within(((e.clientY - strip) / innerHeight) * 100));
  };
  const keys = (e: KeyboardEvent) => {
    const by = { ArrowUp: -step, ArrowDown: step }[e.key];
    if (!by) return;
    e.preventDefault();
    setAt((now) => within(now + by));
  };
  return (
    <div class="ruler" data-testid="ruler" style={{ "--at": `${at}%` }}>
      <button
        type="button"
        role="slider"
        aria-orientation="vertical"
        aria-label={w().look.rulerMove}
        aria-valuemin={highest}
        aria-valuemax={lowest}
        aria-valuenow={Math.round(at)}
        onPointerDown={(e) => e.currentTarget.setPointerCapture(e.pointerId)}
        onPointerMove={follow}
        onKeyDown={keys}
      >
        <b aria-hidden="true">↕</b>
      </button>
    </div>
  );
}
