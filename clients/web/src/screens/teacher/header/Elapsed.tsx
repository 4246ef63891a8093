import { tickingNow } from "../../../connection/clock";
import type { Pace } from "../../../protocol/types";
import { clock } from "../parts/names";

/** How long the lesson has been running, of how many minutes. */
export function Elapsed({ pace, minutes }: { pace: Pace; minutes: number }) {
  const end = pace.endedAt && pace.phase === "ended" ? Date.parse(pace.endedAt) : tickingNow();
  const passed = end - Date.parse(pace.startedAt ?? "");
  return (
    <span class={`nowrap ${passed > minutes * 60_000 ? "late" : "muted"}`} role="timer">
      {clock(passed)} / {minutes}:00
    </span>
  );
}
