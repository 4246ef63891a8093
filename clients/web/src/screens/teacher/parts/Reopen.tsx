import { useState } from "preact/hooks";
import { api, refusalOf } from "../../../connection/api";
import { say } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import { uuid7 } from "../../../protocol/ids";
import type { Refusal } from "../../../protocol/types";
import { Button } from "../../../ui/parts";

/** Reopening is a request, not a command: the server leases a new code. */
export function Reopen({ big }: { big?: boolean }) {
  const lesson = useLesson();
  const [commandId] = useState(uuid7);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const go = () => {
    setBusy(true);
    setRefusal(undefined);
    api
      .reopen(lesson.classroomId, commandId)
      .catch((error) => setRefusal(refusalOf(error)))
      .finally(() => setBusy(false));
  };
  return (
    <span class="act">
      <Button
        compact={!big}
        {...(big ? {} : { kind: "quiet" as const })}
        disabled={busy}
        onClick={go}
        data-testid={big ? "reopen-lesson-big" : "reopen-lesson"}
      >
        {w().head.reopen}
      </Button>
      {refusal && (
        <span class="outcome refused" role="alert">
          {say(refusal)}
        </span>
      )}
    </span>
  );
}
