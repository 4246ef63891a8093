// More than a panel holds comes in pages: nothing of it is cut off, and nothing scrolls where nobody can reach.
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { w } from "../../i18n/board";
import { Icon } from "../../ui/icons";

type Props<T> = { items: readonly T[]; children: (item: T) => ComponentChildren; keyOf: (item: T) => string; class?: string };

export function Paged<T>({ items, children, keyOf, class: extra }: Props<T>) {
  const box = useRef<HTMLDivElement>(null);
  // Where each page that was turned begins.
  const [starts, setStarts] = useState<readonly number[]>([0]);
  const [count, setCount] = useState(items.length);
  const start = Math.min(starts.at(-1) ?? 0, Math.max(0, items.length - 1));
  const measure = () => {
    const e = box.current;
    if (!e) return;
    const bottom = e.getBoundingClientRect().bottom + 1;
    const whole = [...e.children].filter((child) => child.getBoundingClientRect().bottom <= bottom).length;
    setCount(Math.max(1, whole));
  };
  useLayoutEffect(measure);
  useLayoutEffect(() => {
    const e = box.current;
    if (!e || !("ResizeObserver" in globalThis)) return;
    const observer = new ResizeObserver(measure);
    observer.observe(e);
    void document.fonts?.ready.then(measure);
    return () => observer.disconnect();
  }, []);
  const shown = items.slice(start);
  const isMore = start > 0 || count < shown.length;
  return (
    <div class={`paged ${extra ?? ""}`}>
      <div class="page" ref={box}>
        {shown.map((item, i) => (
          // What is on a later page is measured here and neither seen nor read.
          <div key={keyOf(item)} class={i < count ? "" : "later"} aria-hidden={i >= count}>
            {children(item)}
          </div>
        ))}
      </div>
      {isMore && (
        <div class="turn">
          <button
            type="button"
            class="tool"
            disabled={start === 0}
            aria-label={w().pages.back}
            onClick={() => setStarts(starts.slice(0, -1))}
            data-testid="page-back"
          >
            <Icon name="left" />
          </button>
          <span>{w().pages.at(start + 1, Math.min(items.length, start + count), items.length)}</span>
          <button
            type="button"
            class="tool"
            disabled={start + count >= items.length}
            aria-label={w().pages.on}
            onClick={() => setStarts([...starts, start + count])}
            data-testid="page-on"
          >
            <Icon name="next" />
          </button>
        </div>
      )}
    </div>
  );
}
