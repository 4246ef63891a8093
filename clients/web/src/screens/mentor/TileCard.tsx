import { minutesSince } from "../../connection/clock";
import { inLanguage, t } from "../../i18n";
import { w } from "../../i18n/mentor";
import type { Tile } from "../../protocol/types";
import { Bar } from "../../ui/parts";
import { RehearsalMark } from "../../ui/RehearsalMark";
import { waitingSince } from "./wall";

/** One live session: where it is, and who in it needs somebody. */
export function TileCard({ tile }: { tile: Tile }) {
  const since = waitingSince(tile);
  const wait = since ? minutesSince(since) : 0;
  const waiting = tile.hands.filter((h) => !h.claimedBy).length;
  const passed = tile.startedAt ? minutesSince(tile.startedAt) : 0;
  const over = tile.stepStartedAt ? minutesSince(tile.stepStartedAt) - tile.stepMinutes : 0;
  const calm = waiting === 0 && tile.lost === 0 && tile.idle === 0 && tile.approvalsPending === 0;
  return (
    <article class={`card tile ${waiting > 0 ? "need" : ""}`} data-testid={`tile-${tile.classroomId}`}>
      <div class="row apart">
        <h2 class="cut">{inLanguage(tile.title)}</h2>
        <RehearsalMark on={tile.rehearsal} />
        {!tile.rehearsal && <span class="muted nowrap">{tile.className}</span>}
      </div>
      <p class="muted cut">
        {tile.teacherName} ·{" "}
        {tile.phase === "lobby" || !tile.stepTitle
          ? w().lobby
          : w().step(Math.min(tile.stepCount, tile.stepIndex + 1), tile.stepCount, inLanguage(tile.stepTitle))}
      </p>
      <div class="row">
        <div class="grow">
          <Bar
            share={passed / Math.max(1, tile.minutes)}
            tone={passed > tile.minutes ? "h3" : undefined}
            label={`${passed} / ${t().minutes(tile.minutes)}`}
          />
        </div>
        <span class="small muted nowrap">
          {passed} / {t().minutes(tile.minutes)}
        </span>
      </div>
      <div class="row wrap facts-row">
        {waiting > 0 && <span class="pill hot">{w().waits(waiting)}</span>}
        {tile.lost > 0 && (
          <span class="pill hot">
            {w().lost(Math.round(tile.lost * tile.joined))} · {Math.round(100 * tile.lost)}%
          </span>
        )}
        {tile.idle > 0 && <span class="pill warn">{w().idle(tile.idle)}</span>}
        {tile.approvalsPending > 0 && <span class="pill">{w().approvals(tile.approvalsPending)}</span>}
        {over > 0 ? (
          <span class="pill warn">{w().late(over)}</span>
        ) : (
          calm && tile.phase === "live" && <span class="pill ok">{w().onPlan}</span>
        )}
        <span class="push nowrap">
          {since ? <b class="late">{t().minutes(wait)}</b> : <span class="muted">{t().students(tile.joined)}</span>}
        </span>
      </div>
    </article>
  );
}
