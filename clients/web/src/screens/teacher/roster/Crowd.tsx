import { useState } from "preact/hooks";
import { tickingNow } from "../../../connection/clock";
import { t } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import { seatsOf } from "../../../lesson/seats";
import { Button } from "../../../ui/parts";
import { Sheet } from "../../../ui/Sheet";
import { Outcome } from "../../../ui/Status";
import { Theirs } from "../../../ui/Theirs";
import { useSend } from "../parts/Act";

const minutes = 5;
/** A few who are late are no crowd; a class is one, and its teacher sees that it is the class. */
const many = 10;

/** That many came in of late. If they are not the class, they go together, and who comes next waits to be let in: a device is not barred that is a new one each time. */
export function Crowd() {
  const [open, setOpen] = useState(false);
  const { send, sent } = useSend();
  const lesson = useLesson();
  const since = tickingNow() - minutes * 60_000;
  const crowd = seatsOf(lesson).filter(([, { joinedAt }]) => joinedAt !== undefined && Date.parse(joinedAt) > since);
  if (crowd.length < many) return <Outcome sent={sent} />;
  const remove = () => {
    if (!lesson.store.one("entrance")?.asks) void send("SetEntrance", { asks: true }, "entrance");
    void send("RemoveStudents", { studentIds: crowd.map(([id]) => id) });
    setOpen(false);
  };
  return (
    <div class="row wrap">
      <span class="pill" data-testid="crowd">
        {w().students.crowd(crowd.length, minutes)}
      </span>
      <Button kind="quiet" compact onClick={() => setOpen(true)} data-testid="crowd-out">
        {w().students.crowdOut(crowd.length)}
      </Button>
      <Outcome sent={sent} />
      {open && (
        <Sheet title={w().students.crowdAsk(crowd.length)} onClose={() => setOpen(false)}>
          <p class="muted">{w().students.crowdHow}</p>
          <p class="small">
            {crowd.map(([id, { nickname }], i) => (
              <span key={id}>
                {i > 0 && ", "}
                <Theirs>{nickname}</Theirs>
              </span>
            ))}
          </p>
          <div class="row wrap">
            <Button onClick={remove} data-testid="crowd-out-yes">
              {w().students.crowdOut(crowd.length)}
            </Button>
            <Button kind="quiet" onClick={() => setOpen(false)}>
              {t().cancel}
            </Button>
          </div>
        </Sheet>
      )}
    </div>
  );
}
