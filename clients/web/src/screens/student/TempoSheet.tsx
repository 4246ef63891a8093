import { t } from "../../i18n";
import { w } from "../../i18n/student";
import { useLesson } from "../../lesson/context";
import { together } from "../../lesson/phone";
import { Icon } from "../../ui/icons";
import { Button } from "../../ui/parts";
import { Sheet } from "../../ui/Sheet";
import { faces } from "./tempoFaces";

/** How the pace feels, and the wish for one more minute. */
export function TempoSheet({ now, onClose }: { now: number | undefined; onClose: () => void }) {
  const lesson = useLesson();
  return (
    <Sheet title={w().tempo.title} onClose={onClose}>
      <div class="faces">
        {t().tempo.map((name, i) => (
          <button
            type="button"
            class="pick face"
            key={name}
            aria-pressed={now === i + 1}
            onClick={() => {
              lesson.outbox.send("SetTempo", { face: i + 1 }, "tempo", together(lesson));
              onClose();
            }}
          >
            <Icon name={faces[i] ?? "right"} size={36} />
            {name}
          </button>
        ))}
      </div>
      <MoreTime onAsked={onClose} />
      <p class="muted small">{w().tempo.text}</p>
    </Sheet>
  );
}

/** Once in a step: after that it only says so. */
function MoreTime({ onAsked }: { onAsked: () => void }) {
  const lesson = useLesson();
  const pace = lesson.store.one("pace");
  const asked = lesson.store.one("ownMoreTime", pace?.stepId)?.asked ?? false;
  if (pace?.phase !== "live" || !pace.stepId) return null;
  return (
    <Button
      kind="quiet"
      disabled={asked}
      data-testid="more-time"
      onClick={() => {
        lesson.outbox.send("AskForMoreTime", {}, undefined, together(lesson));
        onAsked();
      }}
    >
      {asked ? w().tempo.asked : w().tempo.minute}
    </Button>
  );
}
