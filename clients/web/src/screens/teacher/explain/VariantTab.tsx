import { ownNames, t } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import type { Language, Level, VariantState } from "../../../protocol/types";

const marks = { running: "…", finished: "✓", failed: "!", stopped: "■" } as const;

export function VariantTab({ v, on, board, onClick }: { v: VariantState; on: boolean; board: boolean; onClick: () => void }) {
  const [language, level] = v.variant.split("-") as [Language, Level];
  return (
    <button
      type="button"
      role="tab"
      aria-selected={on}
      class={`pill variant ${on ? "sky" : ""} ${v.status === "failed" ? "hot" : ""}`}
      onClick={onClick}
      data-testid={`variant-${v.variant}`}
    >
      {ownNames[language].short} · {t().levels[level]}
      {board && <span class="muted">({w().head.board})</span>}
      <span aria-hidden="true">{marks[v.status]}</span>
    </button>
  );
}
