import { t } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import type { Lesson } from "../../../lesson/lesson";
import type { Pace } from "../../../protocol/types";
import type { SignalCard } from "./card";
import { Frame } from "./Frame";

/** How the class finds the pace, and how many ask for one more minute in this step. Never who. */
export function tempo(lesson: Lesson, pace: Pace): SignalCard | undefined {
  const counts = lesson.store.one("tempo")?.counts ?? [];
  const total = counts.reduce((a, b) => a + b, 0);
  const asking = (pace.phase === "live" && lesson.store.one("moreTime", pace.stepId)?.count) || 0;
  if (total === 0 && asking === 0) return undefined;
  const most = counts.indexOf(Math.max(...counts));
  const off = total > 0 && 1 - (counts[1] ?? 0) / total > 0.5;
  const card = (
    <Frame title={total > 0 ? `${w().cards.tempo}: ${t().tempo[most]?.toLowerCase()}` : w().cards.tempo}>
      {asking > 0 && (
        <p class="small" data-testid="more-time">
          {w().cards.moreTime(asking)}
        </p>
      )}
      {total > 0 && (
        <ul class="plain tempo">
          {counts.map((n, i) => (
            <li key={i} class="row apart small">
              <span>{t().tempo[i]}</span>
              <b>{n}</b>
            </li>
          ))}
        </ul>
      )}
    </Frame>
  );
  return { key: "tempo", urgency: off || asking > 0 ? 42 : 18, card };
}
