// A formula within a text. What sets it (`typeset.tsx`, with temml) comes late and once, when the first formula is on a screen; until then, and where it
// cannot come or the TeX is wrong, the same is shown in plain signs.
import { signal } from "@preact/signals";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { language } from "../../i18n";
import type { Language } from "../../protocol/types";
import { readable } from "./readable";

const again = 3000;
/** So many signs fit into a line of the smallest phone. */
const short = 18;
const setter = signal<typeof import("./typeset") | undefined>(undefined);
let going = false;

/** Asked for by whoever shows a formula, and again until it is there. */
export function fetchTypeset(): void {
  if (going || setter.peek()) return;
  going = true;
  import("./typeset").then(
    (module) => {
      setter.value = module;
    },
    () =>
      setTimeout(() => {
        going = false;
        fetchTypeset();
      }, again),
  );
}

/** @param lang the language in which it is read aloud */
export function Formula({ tex, block, source, lang }: { tex: string; block: boolean; source: string; lang?: Language | undefined }) {
  fetchTypeset();
  const box = useRef<HTMLSpanElement>(null);
  const set = setter.value;
  const spoken = lang ?? language.value;
  const math = useMemo(() => set?.typeset(tex, block, spoken), [set, tex, block, spoken]);
  // It takes more room than its signs did: whoever fits type to a panel measures again.
  useLayoutEffect(() => {
    if (math) box.current?.dispatchEvent(new Event("typeset", { bubbles: true }));
  }, [math]);
  const inSigns = readable(tex);
  const wide = inSigns.length > short;
  // What may scroll is reached by keys, but for what stands within something that is pressed.
  useLayoutEffect(() => {
    if (block && wide && box.current && !box.current.closest("button, [role=button]")) box.current.tabIndex = 0;
  }, [block, wide]);
  const names = ["formula", block && "block", wide && "wide", !math && "plain"].filter(Boolean).join(" ");
  return (
    <span class={names} ref={box}>
      {math ?? (set ? source : inSigns)}
    </span>
  );
}
