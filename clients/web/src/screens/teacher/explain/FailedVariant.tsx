import { say } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import type { Variant } from "../../../protocol/types";
import { Act } from "../parts/Act";

type Props = { id: string; variant: Variant; code: string; some: boolean; busy: boolean };
/** Why a variant failed, and the two ways on: continue behind what came, or begin again. */
export function FailedVariant({ id, variant, code, some, busy }: Props) {
  return (
    <div class="trouble stack" role="status" data-testid="broken">
      <span>{code === "tutor-stopped" ? w().explain.stopped : w().explain.failed(say(code))}</span>
      <div class="row wrap">
        {some && (
          <Act
            name="RetryExplanation"
            fields={{ explanationId: id, variant, continue: true }}
            kind="line"
            disabled={busy}
            testid="continue-explanation"
          >
            {w().explain.goOn}
          </Act>
        )}
        <Act
          name="RetryExplanation"
          fields={{ explanationId: id, variant, continue: false }}
          kind="line"
          disabled={busy}
          testid="retry-explanation"
        >
          {w().explain.anew}
        </Act>
      </div>
    </div>
  );
}
