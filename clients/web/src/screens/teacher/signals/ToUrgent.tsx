import { useEffect, useRef, useState } from "preact/hooks";
import { w } from "../../../i18n/teacher";

/** On a phone: who has scrolled down sees that somebody waits at the top, and one press leads there. Hidden while the cards themselves are seen. */
export function ToUrgent({ keys }: { keys: readonly string[] }) {
  const [away, setAway] = useState(false);
  const self = useRef<HTMLButtonElement>(null);
  const first = (): Element | null | undefined => self.current?.parentElement?.querySelector(".urgent");
  useEffect(() => {
    const card = first();
    if (!card || !("IntersectionObserver" in globalThis)) return;
    const watch = new IntersectionObserver((seen) => setAway(seen.at(-1)?.isIntersecting === false));
    watch.observe(card);
    return () => watch.disconnect();
  }, [keys.join()]);
  return (
    <button
      type="button"
      class="btn hot to-urgent"
      hidden={!away}
      ref={self}
      onClick={() => first()?.scrollIntoView({ block: "start" })}
      data-testid="to-urgent"
    >
      ↑ {w().cards.title} · {keys.length}
    </button>
  );
}
