// A formula within a text. What sets it (`typeset.tsx`, with temml) comes late and once, when the first formula is on a screen; until then, and where it
// cannot come or the TeX is wrong, the same is shown in plain signs.
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { language } from "../../i18n";
import type { Language } from "../../protocol/types";
import { late } from "../late";
import { readable } from "./readable";

/** So many signs fit into a line of the smallest phone. */
const short = 18;
const setter = late(() => import("./typeset"));

/** @param lang the language in which it is read aloud */
export function Formula({ tex, block, source, lang }: { tex: string; block: boolean; source: string; lang?: Language | undefined }) {
  setter.fetch();
  const box = useRef<HTMLSpanElement>(null);
  const set = setter.here.value;
  const spoken = lang ?? language.value;
  const math = useMemo(() => set?.typeset(tex, block, spoken), [set, tex, block, spoken]);
  // It takes other room than what stood there before, set or as it was written: whoever fits type to a panel measures again.
  useLayoutEffect(() => {
    box.current?.dispatchEvent(new Event("typeset", { bubbles: true }));
  }, [math, set]);
  const inSigns = readable(tex);
  const wide = inSigns.length > short;
  // What may scroll is reached by keys, but for what stands within something that is pressed.
  useLayoutEffect(() => {
    if (wide && box.current && !box.current.closest("button, label, [role=button]")) box.current.tabIndex = 0;
  }, [wide]);
  const names = ["formula", block && "block", wide && "wide", !math && "plain"].filter(Boolean).join(" ");
  return (
    <span class={names} ref={box}>
      {math ?? (set ? source : inSigns)}
    </span>
  );
}
