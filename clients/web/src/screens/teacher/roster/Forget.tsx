import { useState } from "preact/hooks";
import { t } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import type { Seat } from "../../../protocol/types";
import { Button } from "../../../ui/parts";
import { Sheet } from "../../../ui/Sheet";
import { Outcome } from "../../../ui/Status";
import { isolated } from "../../../ui/Theirs";
import { useSend } from "../parts/Act";

/** What is kept about a student: handed out, or erased for good, with why. */
export function Forget({ id, seat }: { id: string; seat: Seat }) {
  const [open, setOpen] = useState(false);
  const lesson = useLesson();
  const { send, sent } = useSend();
  const go = (reason: "family" | "mistake") => {
    send("ForgetStudent", { studentId: id, reason });
    setOpen(false);
  };
  return (
    <span class="act">
      <Button kind="quiet" compact onClick={() => setOpen(true)} data-testid={`forget-${id}`}>
        {w().students.data}
      </Button>
      <Outcome sent={sent} />
      {open && (
        <Sheet title={w().students.dataOf(isolated(seat.nickname))} onClose={() => setOpen(false)}>
          <a href={`/api/classrooms/${lesson.classroomId}/students/${id}/export`} download data-testid="student-export">
            {w().students.download}
          </a>
          <p class="muted">{w().students.forgetHint}</p>
          <div class="row wrap">
            <Button onClick={() => go("family")} data-testid="forget-family">
              {w().students.forgetFamily}
            </Button>
            <Button kind="line" onClick={() => go("mistake")} data-testid="forget-mistake">
              {w().students.forgetMistake}
            </Button>
            <Button kind="quiet" onClick={() => setOpen(false)}>
              {t().cancel}
            </Button>
          </div>
        </Sheet>
      )}
    </span>
  );
}

/** In the place of those who were forgotten: that there was somebody, and why there is nothing more. */
export function ForgottenOnes() {
  const all = [...useLesson().store.all("forgotten")].sort(([, a], [, b]) => a.at.localeCompare(b.at));
  if (all.length === 0) return null;
  return (
    <ul class="plain muted small" data-testid="forgotten">
      {all.map(([id, one]) => (
        <li key={id}>
          {w().students.forgotten} {w().students.reasons[one.reason]}
          {one.by && ` · ${one.by}`}
        </li>
      ))}
    </ul>
  );
}
