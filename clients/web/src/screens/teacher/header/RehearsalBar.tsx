import { w } from "../../../i18n/rehearsal";
import type { Pace, Plan } from "../../../protocol/types";
import { Button } from "../../../ui/parts";
import { useOpenBoard } from "./useOpenBoard";

/** What a rehearsal is, and what to try next, while it runs. */
export function RehearsalBar({ plan, pace }: { plan: Plan; pace: Pace }) {
  const { open, trouble } = useOpenBoard();
  if (!plan.rehearsal || pace.phase !== "live") return null;
  return (
    <div class="rehearsal-bar row wrap" data-testid="rehearsal-bar">
      <span class="grow">{w().running}</span>
      {trouble && (
        <span class="refused" role="alert">
          {trouble}
        </span>
      )}
      <Button compact onClick={open} data-testid="rehearsal-board">
        {w().board}
      </Button>
    </div>
  );
}
