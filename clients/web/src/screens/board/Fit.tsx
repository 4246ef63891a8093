// Type that fills its panel: the largest size at which all of it is seen. Sizes are units of the board, so that every board finds the same one.
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

type Props = {
  /** Sizes of the type, in units of the board. At the smallest, what still does not fit is scrolled. */
  largest: number;
  smallest: number;
  /** More text is to come: the size only shrinks meanwhile, so that no line jumps at each word. */
  grows?: boolean;
  /** What the size is found for: another text begins anew. */
  of: string;
  class?: string;
  children: ComponentChildren;
};

const step = 2;
/** While a text grows it begins with this: that of sixty words, which most have. */
const usual = 60;

export function Fit({ largest, smallest, grows = false, of, class: extra, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const now = useRef({ of: "", size: largest });
  const fit = () => {
    const e = box.current;
    if (!e) return;
    const begun = now.current.of === of;
    const most = grows ? (begun ? now.current.size : Math.min(usual, largest)) : largest;
    const size = sizeThatFits(e, most, smallest);
    now.current = { of, size };
    // A long text is followed to its end; a hand may scroll back.
    if (grows && e.scrollHeight > e.clientHeight) e.scrollTop = e.scrollHeight;
  };
  // Whatever has been drawn anew is measured before it is seen.
  useLayoutEffect(fit);
  useLayoutEffect(() => {
    const e = box.current;
    if (!e || !("ResizeObserver" in globalThis)) return;
    const observer = new ResizeObserver(fit);
    observer.observe(e);
    // A formula that has been set, or a table, is of another size than what stood there; all that come at once are measured once.
    let isDue = false;
    const onTypeset = () => {
      if (isDue) return;
      isDue = true;
      queueMicrotask(() => {
        isDue = false;
        fit();
      });
    };
    e.addEventListener("typeset", onTypeset);
    void document.fonts?.ready.then(fit);
    return () => {
      observer.disconnect();
      e.removeEventListener("typeset", onTypeset);
    };
  }, [of, grows]);
  return (
    <div class={`fit ${extra ?? ""}`} ref={box}>
      {children}
    </div>
  );
}

function sizeThatFits(e: HTMLElement, largest: number, smallest: number): number {
  const fits = (size: number): boolean => {
    e.style.setProperty("--fit", `${size}`);
    return e.scrollHeight <= e.clientHeight + 1 && e.scrollWidth <= e.clientWidth + 1;
  };
  if (fits(largest)) return largest;
  let [low, high] = [0, Math.floor((largest - smallest) / step)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(smallest + middle * step)) low = middle;
    else high = middle - 1;
  }
  fits(smallest + low * step);
  return smallest + low * step;
}
