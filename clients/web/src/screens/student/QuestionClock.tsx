import { secondsUntil } from "../../connection/clock";
import { w } from "../../i18n/student";
import type { Question } from "../../protocol/types";
import { Timer } from "../../ui/parts";

/** The question's own time, small and as calm in its last seconds as before them. When it is over that is said once, and nothing is taken away. */
export function QuestionClock({ q }: { q: Question }) {
  if (q.status !== "open" || !q.endsAt) return null;
  const left = secondsUntil(q.endsAt);
  return (
    <div class="small muted" data-testid="question-clock">
      {left > 0 && (
        <>
          {w().question.timeLeft}: <Timer left={() => left} />
        </>
      )}
      {/* The end alone is read out: a running clock would talk over the question. */}
      <span role="status">{left > 0 ? "" : q.stemOnly ? w().question.thinkingOver : w().question.timeOver}</span>
    </div>
  );
}
