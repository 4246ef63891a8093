import { w } from "../../../i18n/combined";
import { useLesson } from "../../../lesson/context";
import type { Plan } from "../../../protocol/types";
import { apart } from "./apart";

/** The way to a second group: the same form as for any lesson. Nothing where there is one, unless it is over or another lesson's by now, and none for a scripted class.
 *  @param again the group of before is over */
export function SecondGroup({ plan, again }: { plan: Plan; again?: boolean }) {
  const lesson = useLesson();
  const isTaken = lesson.store.all("group").size > 0 && apart.value !== lesson.classroomId;
  if (plan.rehearsal || lesson.store.one("pace")?.phase === "ended" || (!again && isTaken)) return null;
  return (
    <div class="stack tight second-group">
      <a class={`btn ${again ? "quiet compact" : "line"} start`} href={`#with=${lesson.classroomId}`} data-testid="second-group">
        {w().open}
      </a>
      {!again && <span class="muted small">{w().about}</span>}
    </div>
  );
}
