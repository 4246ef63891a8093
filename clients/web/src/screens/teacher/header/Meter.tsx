import { useState } from "preact/hooks";
import { t } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import { spentOf } from "../../../lesson/meter";
import { grouped } from "../../../ui/numbers";
import { Bar } from "../../../ui/parts";
import { Sheet } from "../../../ui/Sheet";

/** What the lesson's AI has used: quiet, until little is left. */
export function MeterPill() {
  const lesson = useLesson();
  const [open, setOpen] = useState(false);
  const m = lesson.store.one("meter");
  if (!m || (m.calls === 0 && m.cached === 0)) return null;
  const spent = spentOf(m);
  const word = spent === "reached" ? w().meter.reached : m.limit > 0 ? `${Math.floor((m.tokens / m.limit) * 100)}%` : grouped(m.tokens);
  return (
    <>
      <button
        type="button"
        class={`pill meter nowrap ${spent === "reached" ? "hot" : spent === "near" ? "warn" : ""}`}
        aria-haspopup="dialog"
        aria-label={`${w().meter.title}: ${word}`}
        title={w().meter.title}
        onClick={() => setOpen(true)}
        data-testid="meter"
      >
        {word}
      </button>
      {open && (
        <Sheet title={w().meter.title} onClose={() => setOpen(false)}>
          {spent !== "calm" && <p class="trouble">{spent === "reached" ? w().meter.reachedText : w().meter.nearText}</p>}
          {m.limit > 0 && <Bar share={m.tokens / m.limit} tone={spent === "calm" ? undefined : spent === "near" ? "h2" : "h3"} />}
          <dl class="facts">
            <dt>{t().provenance.tokens}</dt>
            <dd data-testid="meter-tokens">
              {grouped(m.tokens)}
              {m.limit > 0 && ` / ${grouped(m.limit)}`}
            </dd>
            <dt>{w().meter.calls}</dt>
            <dd>{m.calls}</dd>
            <dt>{w().meter.cached}</dt>
            <dd>{m.cached}</dd>
          </dl>
          <p class="small muted">{w().meter.text}</p>
        </Sheet>
      )}
    </>
  );
}
