import { secondsUntil } from "../../../connection/clock";
import { t } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import type { Question } from "../../../protocol/types";
import { Timer } from "../../../ui/parts";
import { Act } from "../parts/Act";

const choices = [30, 60, 120, 180];
const minute = 60;

/** An open question's own time: given by one press, then the clock and a minute more. It closes nothing. */
export function QuestionTime({ id, q }: { id: string; q: Question }) {
  if (q.status !== "open") return null;
  return (
    // The two rows share no button: what was pressed in the one is not waited for in the other.
    <div class="row wrap" role="group" aria-label={w().ask.time} key={q.endsAt ? "runs" : "choices"} data-testid={`question-time-${id}`}>
      {q.endsAt ? (
        <>
          <TimeLeft endsAt={q.endsAt} />
          <Act name="TimeQuestion" fields={{ questionId: id, seconds: minute }} kind="quiet" testid={`add-time-${id}`}>
            {w().step.minute}
          </Act>
        </>
      ) : (
        <>
          <span class="small muted">{w().ask.time}</span>
          {choices.map((seconds) => (
            <Act key={seconds} name="TimeQuestion" fields={{ questionId: id, seconds }} kind="quiet" testid={`time-${id}-${seconds}`}>
              {seconds < minute ? w().ask.seconds(seconds) : t().minutes(seconds / minute)}
            </Act>
          ))}
        </>
      )}
    </div>
  );
}

function TimeLeft({ endsAt }: { endsAt: string }) {
  const left = secondsUntil(endsAt);
  return left > 0 ? (
    <span class="row">
      <span class="small muted">{w().ask.time}</span>
      <b>
        <Timer left={() => left} />
      </b>
    </span>
  ) : (
    <span class="pill warn">{t().timeOver}</span>
  );
}
