import { secondsUntil } from "../../../connection/clock";
import { say } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import { AgainIn } from "../../../ui/AgainIn";
import { Act } from "../parts/Act";

type Props = { id: string; code: string; some: boolean; busy: boolean; againAt?: string | undefined };
/** Why a variant failed, and the two ways on, for every variant that broke off: continue behind what came, or begin again. */
export function FailedVariant({ id, code, some, busy, againAt }: Props) {
  const waits = secondsUntil(againAt) > 0;
  return (
    <div class="trouble stack" role="status" data-testid="broken">
      <span>{code === "tutor-stopped" ? w().explain.stopped : w().explain.failed(say(code))}</span>
      <AgainIn seconds={secondsUntil(againAt)} />
      <div class="row wrap">
        {some && (
          <Act
            name="RetryExplanation"
            fields={{ explanationId: id, continue: true }}
            kind="line"
            disabled={busy || waits}
            testid="continue-explanation"
          >
            {w().explain.goOn}
          </Act>
        )}
        <Act
          name="RetryExplanation"
          fields={{ explanationId: id, continue: false }}
          kind="line"
          disabled={busy || waits}
          testid="retry-explanation"
        >
          {w().explain.anew}
        </Act>
      </div>
    </div>
  );
}
