import { useState } from "preact/hooks";
import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import { spentOf } from "../../../lesson/meter";
import { Confirm, Sheet } from "../../../ui/Sheet";
import { Outcome } from "../../../ui/Status";
import { useSend } from "../parts/Act";

/** Turns the AI off and on for the whole lesson. Where there is none it says so, and what works all the same; where its allowance is used up it is not on. */
export function AiSwitch({ on }: { on: boolean }) {
  const { send, sent } = useSend();
  const lesson = useLesson();
  const meter = lesson.store.one("meter");
  if (!lesson.hasModel.value) return <NoAi />;
  if (on && meter && spentOf(meter) === "reached") return <NoAi spent />;
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

function NoAi({ spent }: { spent?: boolean }) {
  const [open, setOpen] = useState(false);
  const title = spent ? w().meter.reached : w().head.aiNone;
  return (
    <>
      <button type="button" class="pill warn nowrap" aria-haspopup="dialog" onClick={() => setOpen(true)} data-testid="no-ai">
        {spent ? w().head.aiSpent : w().head.aiNone}
      </button>
      {open && (
        <Sheet title={title} onClose={() => setOpen(false)}>
          <p>{w().head.aiWorks}</p>
          <p>{w().head.aiWorksNot}</p>
        </Sheet>
      )}
    </>
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
