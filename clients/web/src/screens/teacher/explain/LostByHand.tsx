import { useState } from "preact/hooks";
import type { Sent } from "../../../connection/outbox";
import { w } from "../../../i18n/teacher";
import { lostIn } from "../../../lesson/byHand";
import { useLesson } from "../../../lesson/context";
import { hub } from "../../../lesson/joinLink";
import type { Variant } from "../../../protocol/types";
import { HandCount } from "../../../ui/HandCount";
import { Button } from "../../../ui/parts";
import { Outcome } from "../../../ui/Status";
import { useRoomChoice } from "../rooms/RoomChoice";

const whole = "";

/** "Who is lost?", counted by hand: at the sentence that is chosen, else in the explanation as a whole. */
export function LostByHand({ id, variant, sentence }: { id: string; variant: Variant; sentence: number | undefined }) {
  const lesson = useLesson();
  const [sent, setSent] = useState<Sent>();
  const pace = lesson.store.one("pace");
  const heat = lesson.store.one("heat", id);
  const { room, choice } = useRoomChoice();
  const [open, setOpen] = useState(pace?.joined === 0 || heat?.wholeByHand !== undefined);
  if (pace?.phase !== "live") return null;
  if (!open) {
    return (
      <div>
        <Button kind="bare" compact onClick={() => setOpen(true)} data-testid={`lost-by-hand-${id}`}>
          {w().explain.lostByHand}
        </Button>
      </div>
    );
  }
  const at = sentence === undefined ? {} : { variant, sentence };
  const now = lostIn(heat, sentence === undefined ? undefined : { variant, sentence }, room ?? hub);
  const label = sentence === undefined ? w().explain.lostWhole : w().explain.lostSentence(sentence + 1);
  return (
    <section class="stack tight" data-testid={`lost-hands-${id}`}>
      {choice}
      <HandCount
        key={`${variant}/${sentence ?? whole}/${room ?? hub}`}
        rows={[{ key: `${sentence ?? whole}`, label }]}
        counts={now ? [{ key: `${sentence ?? whole}`, count: now }] : []}
        most={pace.classSize}
        onCount={(counts) => {
          const going = lesson.outbox.send(
            "CountLost",
            { explanationId: id, count: counts[0]?.count ?? 0, ...at, ...(room ? { room } : {}) },
            `lost/${id}/${variant}/${sentence ?? whole}/${room ?? hub}`,
          );
          setSent(going);
          return going;
        }}
      />
      <Outcome sent={sent} />
    </section>
  );
}
