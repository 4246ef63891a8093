import { useState } from "preact/hooks";
import type { Sent } from "../../../connection/outbox";
import { w } from "../../../i18n/teacher";
import { count, handsOf } from "../../../lesson/byHand";
import { useLesson } from "../../../lesson/context";
import type { Question } from "../../../protocol/types";
import { HandCount, longestOf, rowsOf } from "../../../ui/HandCount";
import { Button } from "../../../ui/parts";
import { Outcome } from "../../../ui/Status";

/** Hands for each answer, in a class without phones or beside them; until the counts are shown: nobody follows what the class has answered. */
export function ByHand({ id, q }: { id: string; q: Question }) {
  const lesson = useLesson();
  const [sent, setSent] = useState<Sent>();
  const pace = lesson.store.one("pace");
  const round = lesson.store.one("tally", id)?.rounds?.find((r) => r.round === q.round);
  const [open, setOpen] = useState(pace?.joined === 0 || round?.byHand !== undefined);
  if (pace?.phase !== "live" || q.status === "counted" || q.status === "revealed" || q.stemOnly) return null;
  if (!open) {
    return (
      <div>
        <Button kind="bare" compact onClick={() => setOpen(true)} data-testid={`by-hand-${id}`}>
          {w().ask.byHand}
        </Button>
      </div>
    );
  }
  return (
    <section class="stack tight" data-testid={`hands-of-${id}`}>
      <span class="small muted">{w().ask.byHandHow}</span>
      <HandCount
        key={`${id}/${q.round}`}
        rows={rowsOf(q)}
        counts={handsOf(round)}
        most={pace.classSize}
        longest={longestOf(q)}
        onCount={(counts) => setSent(count(lesson, id, counts))}
      />
      <Outcome sent={sent} />
    </section>
  );
}
