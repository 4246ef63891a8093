import { useState } from "preact/hooks";
import { t } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import type { Seat } from "../../../protocol/types";
import { Button } from "../../../ui/parts";
import { Sheet } from "../../../ui/Sheet";
import { Outcome } from "../../../ui/Status";
import { isolated } from "../../../ui/Theirs";
import { useSend } from "../parts/Act";

/** Removes a student; with all of the same device if the teacher says so, and the device may be shut out. */
export function Remove({ id, seat, others }: { id: string; seat: Seat; others: number }) {
  const [open, setOpen] = useState(false);
  const [bar, setBar] = useState(false);
  const { send, sent } = useSend();
  const go = (name: "RemoveStudent" | "RemoveDevice") => {
    send(name, { studentId: id, bar });
    setOpen(false);
  };
  return (
    <span class="act">
      <Button kind="quiet" compact onClick={() => setOpen(true)} data-testid={`remove-${id}`}>
        {w().students.remove}
      </Button>
      <Outcome sent={sent} />
      {open && (
        <Sheet title={w().students.removeAsk(isolated(seat.nickname))} onClose={() => setOpen(false)}>
          {seat.device && (
            <label class="row check">
              <input type="checkbox" checked={bar} onChange={(e) => setBar(e.currentTarget.checked)} data-testid="bar" />
              <span class="stack tight">
                {w().students.bar}
                <span class="muted small">{w().students.barHint}</span>
              </span>
            </label>
          )}
          <div class="row wrap">
            {/* Who else sits on a device that is shut out goes too: then it is said so. */}
            {!(bar && others > 0) && (
              <Button onClick={() => go("RemoveStudent")} data-testid={`remove-${id}-yes`}>
                {w().students.remove}
              </Button>
            )}
            {others > 0 && (
              <Button kind="line" onClick={() => go("RemoveDevice")} data-testid="remove-device">
                {w().students.removeAll(others + 1)}
              </Button>
            )}
            <Button kind="quiet" onClick={() => setOpen(false)}>
              {t().cancel}
            </Button>
          </div>
        </Sheet>
      )}
    </span>
  );
}
