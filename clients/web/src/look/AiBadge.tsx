import { useState } from "preact/hooks";
import { t } from "../i18n";
import { modelTells } from "../wire/tutor";
import type { Provenance } from "../wire/types";
import { Sheet } from "./Sheet";

/** Stands on every AI text; a tap tells where the text comes from. `data-ai` is the machine-readable mark. */
export function AiBadge({ provenance, edited, still }: { provenance?: Provenance | undefined; edited?: boolean; still?: boolean }) {
  const [open, setOpen] = useState(false);
  // While a text is still being told, nobody but the server knows yet who tells it.
  const prepared = provenance ? provenance.provider === "prepared" : !modelTells.value;
  const label = prepared ? (edited ? t().preparedEdited : t().prepared) : edited ? t().aiEdited : t().ai;
  const mark = prepared ? "prepared" : "generated";
  if (still || !provenance) {
    return (
      <span class="pill ai" data-ai={mark}>
        {label}
      </span>
    );
  }
  return (
    <>
      <button type="button" class="pill ai" data-ai={mark} onClick={() => setOpen(true)}>
        {label}
      </button>
      {open && <Origin provenance={provenance} edited={edited ?? false} onClose={() => setOpen(false)} />}
    </>
  );
}

function Origin({ provenance: p, edited, onClose }: { provenance: Provenance; edited: boolean; onClose: () => void }) {
  const w = t().provenance;
  const prepared = p.provider === "prepared";
  return (
    <Sheet title={w.title} onClose={onClose}>
      <p>{prepared ? w.prepared : w.ai}</p>
      <dl class="facts">
        {!prepared && (
          <>
            <dt>{w.provider}</dt>
            <dd>{p.provider}</dd>
            <dt>{w.model}</dt>
            <dd>{p.model}</dd>
            <dt>{w.tokens}</dt>
            <dd>{p.tokens}</dd>
          </>
        )}
        <dt>{w.template}</dt>
        <dd>{p.template}</dd>
        <dt>{w.time}</dt>
        <dd>{w.seconds((p.milliseconds / 1000).toFixed(1))}</dd>
      </dl>
      {p.cached && <p class="muted">{w.cached}</p>}
      {edited && <p class="muted">{w.edited}</p>}
    </Sheet>
  );
}
