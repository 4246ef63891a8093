import { useState } from "preact/hooks";
import { say, t } from "../i18n";
import type { Provenance, Source } from "../protocol/types";
import { Sheet } from "./Sheet";

export const isPrepared = (source: Source): boolean => (typeof source === "string" ? source : source.provider) === "prepared";

type Mark = { "data-ai"?: "model" | "prepared"; "data-ai-cached"?: "true" };

/** The machine-readable mark, for the element that holds an AI text; none where nothing is written yet. */
export function aiMark(source: Source, text?: string): Mark {
  if (text === "") return {};
  const cached = typeof source !== "string" && source.cached;
  return { "data-ai": isPrepared(source) ? "prepared" : "model", ...(cached ? { "data-ai-cached": "true" as const } : {}) };
}

export function badgeText(source: Source, edited: boolean | undefined): string {
  return isPrepared(source) ? (edited ? t().preparedEdited : t().prepared) : edited ? t().aiEdited : t().ai;
}

type Props = { source: Source; edited?: boolean; editedBy?: string | undefined; still?: boolean };

/** On every text of an AI or of the kit's author; a tap shows where it comes from. AI's colour is AI's alone. */
export function AiBadge({ source, edited, editedBy, still }: Props) {
  const [open, setOpen] = useState(false);
  const label = badgeText(source, edited);
  const pill = `pill ${isPrepared(source) ? "prepared" : "ai"}`;
  if (still || typeof source === "string") return <span class={pill}>{label}</span>;
  return (
    <>
      <button type="button" class={pill} aria-haspopup="dialog" onClick={() => setOpen(true)} data-testid="ai-badge">
        {label}
      </button>
      {open && <Origin provenance={source} edited={edited ?? false} editedBy={editedBy} onClose={() => setOpen(false)} />}
    </>
  );
}

type OriginProps = { provenance: Provenance; edited: boolean; editedBy: string | undefined; onClose: () => void };
function Origin({ provenance: p, edited, editedBy, onClose }: OriginProps) {
  const w = t().provenance;
  const prepared = p.provider === "prepared";
  return (
    <Sheet title={w.title} onClose={onClose}>
      <p>{prepared ? w.prepared : w.ai}</p>
      {p.cause && (
        <p>
          {w.cause} {say(p.cause)}
        </p>
      )}
      <dl class="facts">
        {!prepared && (
          <>
            <Fact name={w.provider} value={p.provider} />
            <Fact name={w.model} value={p.model} />
          </>
        )}
        {(!prepared || p.tokens > 0) && <Fact name={w.tokens} value={`${p.tokens}`} />}
        <Fact name={w.template} value={p.template} />
        {p.milliseconds > 0 && <Fact name={w.time} value={w.seconds((p.milliseconds / 1000).toFixed(1))} />}
        {edited && editedBy && <Fact name={w.editedBy} value={editedBy} />}
      </dl>
      {p.cached && <p class="muted">{w.cached}</p>}
      {edited && !editedBy && <p class="muted">{w.edited}</p>}
    </Sheet>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  if (!value) return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
