import { t } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import type { Lesson } from "../../../lesson/lesson";
import type { SignalCard } from "./card";
import { Frame } from "./Frame";

/** How the class finds the pace. */
export function tempo(lesson: Lesson): SignalCard | undefined {
  const counts = lesson.store.one("tempo")?.counts;
  const total = counts?.reduce((a, b) => a + b, 0) ?? 0;
  if (!counts || total === 0) return undefined;
  const most = Math.max(...counts);
  const off = 1 - (counts[1] ?? 0) / total;
  const card = (
    <Frame title={`${w().cards.tempo}: ${t().tempo[counts.indexOf(most)]?.toLowerCase()}`}>
      <ul class="plain tempo">
        {counts.map((n, i) => (
          <li key={i} class="row apart small">
            <span>{t().tempo[i]}</span>
            <b>{n}</b>
          </li>
        ))}
      </ul>
    </Frame>
  );
  return { key: "tempo", urgency: off > 0.5 ? 42 : 18, card };
}
