import { secondsUntil } from "../../../connection/clock";
import { say } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import type { VariantState } from "../../../protocol/types";
import { AgainIn } from "../../../ui/AgainIn";
import { Act } from "../parts/Act";

type Props = { id: string; v: VariantState; cause: string; busy: boolean; alone: boolean };
/**
 * Why a prepared text was told in place of a model's, how long the model is not asked, and the way to ask it then: for every variant where it stood in, or for
 * this one alone where others broke off, whose beginning is to be continued.
 */
export function StoodIn({ id, v, cause, busy, alone }: Props) {
  const waits = secondsUntil(v.againAt);
  const hasModel = useLesson().modelWrites.value;
  return (
    <div class="row apart wrap" role="status" data-testid="stood-in">
      <span class="small muted grow">
        {w().explain.standsIn(say(cause))} <AgainIn seconds={waits} />
      </span>
      {v.status === "finished" && hasModel && (
        <Act
          name="RetryExplanation"
          fields={{ explanationId: id, continue: false, ...(alone ? { variant: v.variant } : {}) }}
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
