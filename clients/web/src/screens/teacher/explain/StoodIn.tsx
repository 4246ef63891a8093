import { secondsUntil } from "../../../connection/clock";
import { say } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import type { VariantState } from "../../../protocol/types";
import { AgainIn } from "../../../ui/AgainIn";
import { Act } from "../parts/Act";

type Props = { id: string; v: VariantState; cause: string; busy: boolean };
/** Why a prepared text was told in place of a model's, how long the model is not asked, and the way to ask it then. */
export function StoodIn({ id, v, cause, busy }: Props) {
  const waits = secondsUntil(v.againAt);
  return (
    <div class="row apart wrap" role="status" data-testid="stood-in">
      <span class="small muted grow">
        {w().explain.standsIn(say(cause))} <AgainIn seconds={waits} />
      </span>
      {v.status === "finished" && useLesson().modelWrites.value && (
        <Act
          name="RetryExplanation"
          fields={{ explanationId: id, continue: false }}
          kind="line"
          disabled={busy || waits > 0}
          testid="ask-model-again"
        >
          {w().explain.askAgain}
        </Act>
      )}
    </div>
  );
}
