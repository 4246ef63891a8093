import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import type { Pace } from "../../../protocol/types";
import type { Tab } from "../tabs";
import { approvals } from "./approvals";
import { away } from "./away";
import { spent } from "./budget";
import type { SignalCard } from "./card";
import { devices } from "./devices";
import { door } from "./door";
import { hands } from "./hands";
import { lost } from "./lost";
import { noticed } from "./noticed";
import { replies } from "./replies";
import { ToUrgent } from "./ToUrgent";
import { tempo } from "./tempo";
import { alarm, threads } from "./threads";
import { unanswered } from "./unanswered";

/** At most four, most urgent first. Each shows its evidence and proposes one action; none acts by itself. */
export function Signals({ pace, onTab }: { pace: Pace; onTab: (tab: Tab) => void }) {
  const lesson = useLesson();
  const all = [
    alarm(lesson),
    noticed(lesson),
    devices(lesson, pace),
    door(lesson, pace),
    lost(lesson, pace),
    hands(lesson, pace, onTab),
    unanswered(lesson, pace),
    approvals(lesson, onTab),
    replies(lesson),
    spent(lesson, pace),
    threads(lesson),
    tempo(lesson, pace),
    away(lesson, pace, onTab),
  ]
    .filter((s): s is SignalCard => s !== undefined)
    .sort((a, b) => b.urgency - a.urgency);
  const shown = all.slice(0, 4);
  const urgent = shown.filter((s) => s.urgent).map((s) => s.key);
  return (
    <aside class="signals stack" aria-label={w().cards.title}>
      {shown.length === 0 && pace.phase !== "ended" && <p class="calm">{w().cards.calm}</p>}
      {shown.map((s) => (
        <div key={s.key} class={s.urgent ? "urgent" : ""} data-testid={`card-${s.key}`}>
          {s.card}
        </div>
      ))}
      {urgent.length > 0 && <ToUrgent keys={urgent} />}
    </aside>
  );
}
