import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import { Confirm } from "../../../ui/Sheet";
import { Outcome } from "../../../ui/Status";
import { useSend } from "../parts/Act";

/** Turns the AI off and on for the whole lesson; where there is none, there is nothing to turn. */
export function AiSwitch({ on }: { on: boolean }) {
  const { send, sent } = useSend();
  if (!useLesson().hasModel.value) return null;
  return (
    <span class="act">
      <button
        type="button"
        class="switch ai"
        role="switch"
        aria-checked={on}
        aria-label={`${w().head.ai}: ${on ? w().head.aiOn : w().head.aiOff}`}
        onClick={() => send("SwitchAi", { on: !on }, "ai")}
        data-testid="ai-switch"
      >
        <i />
        {w().head.ai}
      </button>
      <Outcome sent={sent} />
    </span>
  );
}

export function EndLesson() {
  const { send, sent } = useSend();
  return (
    <span class="act">
      <Confirm
        label={w().head.end}
        ask={w().head.endAsk}
        yes={w().head.endYes}
        kind="quiet"
        onYes={() => send("EndLesson", {})}
        testid="end-lesson"
      />
      <Outcome sent={sent} />
    </span>
  );
}
