import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { api, refusalOf } from "../../../connection/api";
import { say } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import { uuid7 } from "../../../protocol/ids";
import type { Refusal } from "../../../protocol/types";
import { Button } from "../../../ui/parts";

/** The lesson that was reopened without the code that it had. */
export const newCodeOf = signal<string | undefined>(undefined);

/** Reopening is a request, not a command: the server leases the lesson's code, or another where a lesson has that one by now. */
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
      .then(({ isNewCode }) => {
        if (isNewCode) newCodeOf.value = lesson.classroomId;
      })
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
