import { inLanguage } from "../../i18n";
import { w } from "../../i18n/student";
import type { Question } from "../../protocol/types";
import { ScaleEnds, scaleValues } from "../../ui/Counted";
import { Picture } from "../../ui/Picture";
import { formulas } from "../../ui/Rich";

export function Picks({ q, chosen, onChange }: { q: Question; chosen: string[]; onChange: (options: string[]) => void }) {
  const many = q.kind === "multiple";
  const label = many ? w().question.many : w().question.one;
  const pick = (id: string) => onChange(many ? (chosen.includes(id) ? chosen.filter((x) => x !== id) : [...chosen, id]) : [id]);
  return (
    <div class="stack" role={many ? "group" : "radiogroup"} aria-label={label}>
      <span class="muted small">{label}</span>
      {q.options.map((o) => (
        <button
          type="button"
          class="pick option"
          key={o.id}
          role={many ? "checkbox" : "radio"}
          aria-checked={chosen.includes(o.id)}
          onClick={() => pick(o.id)}
        >
          <i class={many ? "square" : "round"} aria-hidden="true" />
          <Picture image={o.image} class="small" />
          <span>{formulas(inLanguage(o.text))}</span>
        </button>
      ))}
    </div>
  );
}

export function ScalePick({ q, value, onChange }: { q: Question; value: number | undefined; onChange: (n: number) => void }) {
  return (
    <div class="stack tight">
      <div class="scale" role="radiogroup" aria-label={w().question.scale}>
        {scaleValues(q).map((n) => (
          <button type="button" class="pick" role="radio" key={n} aria-checked={n === value} onClick={() => onChange(n)}>
            {n}
          </button>
        ))}
      </div>
      <ScaleEnds q={q} />
    </div>
  );
}
