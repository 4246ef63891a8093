import { useState } from "preact/hooks";
import type { Sent } from "../../../connection/outbox";
import { w } from "../../../i18n/teacher";
import { count, handsIn } from "../../../lesson/byHand";
import { useLesson } from "../../../lesson/context";
import { hub } from "../../../lesson/joinLink";
import type { Question } from "../../../protocol/types";
import { HandCount, longestOf, rowsOf } from "../../../ui/HandCount";
import { Button } from "../../../ui/parts";
import { Outcome } from "../../../ui/Status";
import { useRoomChoice } from "../rooms/RoomChoice";

/** Hands for each answer, in a class without phones or beside them; until the counts are shown: nobody follows what the class has answered. */
export function ByHand({ id, q }: { id: string; q: Question }) {
  const lesson = useLesson();
  const [sent, setSent] = useState<Sent>();
  const pace = lesson.store.one("pace");
  const tally = lesson.store.one("tally", id);
  const round = tally?.rounds?.find((r) => r.round === q.round);
  const { room, choice } = useRoomChoice();
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
      {choice}
      <HandCount
        key={`${id}/${q.round}/${room ?? hub}`}
        rows={rowsOf(q)}
        counts={handsIn(tally, q.round, room ?? hub)}
        most={pace.classSize}
        longest={longestOf(q)}
        onCount={(counts) => {
          const going = count(lesson, id, counts, room);
          setSent(going);
          return going;
        }}
      />
      <Outcome sent={sent} />
    </section>
  );
}
