import { useState } from "preact/hooks";
import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import { Button } from "../../../ui/parts";
import { Confirm, Sheet } from "../../../ui/Sheet";
import { Outcome } from "../../../ui/Status";
import { isolated } from "../../../ui/Theirs";
import { useSend } from "../parts/Act";

/** What is kept about a student: handed out, or erased for good, with why. It asks twice, since nobody can undo it. */
export function Forget({ id, nickname, shares }: { id: string; nickname: string; shares?: boolean }) {
  const [open, setOpen] = useState(false);
  const lesson = useLesson();
  const { send, sent } = useSend();
  const ask = { ask: w().students.forgetAsk(isolated(nickname)), yes: w().students.forgetYes, kind: "line" as const };
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
        <Sheet title={w().students.dataOf(isolated(nickname))} onClose={() => setOpen(false)}>
          <a href={`/api/classrooms/${lesson.classroomId}/students/${id}/export`} download data-testid="student-export">
            {w().students.download}
          </a>
          <p>{w().students.forgetHint}</p>
          {shares && <p data-testid="forget-shared">{w().students.forgetShared}</p>}
          <div class="row wrap">
            <Confirm label={w().students.forgetFamily} {...ask} onYes={() => go("family")} testid="forget-family" />
            <Confirm label={w().students.forgetMistake} {...ask} onYes={() => go("mistake")} testid="forget-mistake" />
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
