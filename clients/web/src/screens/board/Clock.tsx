import type { ComponentChildren } from "preact";
import { secondsUntil } from "../../connection/clock";
import { t } from "../../i18n";
import { w } from "../../i18n/board";
import { useLesson } from "../../lesson/context";
import type { Question } from "../../protocol/types";
import { Timer } from "../../ui/parts";

type Props = { left: () => number; testid: string; children?: ComponentChildren };

/** The one clock of a board. It reads the seconds itself, so that nothing around it is drawn again each second. */
export function Clock({ left, testid, children }: Props) {
  const seconds = left();
  return (
    <div class={`clock ${seconds <= 0 ? "over" : ""}`} data-testid={testid}>
      <b>{seconds > 0 ? <Timer left={() => seconds} /> : t().timeOver}</b>
      {children}
    </div>
  );
}

const minute = 60;

/** The time of an open question, and at a board that may draw the teacher's finger that gives it, or more of it. */
export function QuestionClock({ id, q, mayDraw }: { id: string; q: Question; mayDraw: boolean }) {
  const { outbox } = useLesson();
  const more = mayDraw && (
    <button
      type="button"
      class="minute"
      onClick={() => outbox.send("TimeQuestion", { questionId: id, seconds: minute })}
      data-testid="time-question"
    >
      {q.endsAt ? w().addMinute : w().giveMinute}
    </button>
  );
  if (q.status !== "open" || (!q.endsAt && !more)) return null;
  if (!q.endsAt) return <div class="clock">{more}</div>;
  return (
    <Clock left={() => secondsUntil(q.endsAt)} testid="question-clock">
      {more}
    </Clock>
  );
}
