import { useState } from "preact/hooks";
import { w } from "../../i18n/student";
import { useLesson } from "../../lesson/context";
import { Button } from "../../ui/parts";

/** Words of care for whoever wrote that it is in danger. Closed, it comes back when that is written again. */
export function CareCard() {
  const lesson = useLesson();
  const [closed, setClosed] = useState("");
  const me = lesson.store.one("me");
  const care = me ? lesson.store.one("care", me.studentId) : undefined;
  if (!care || care.at === closed) return null;
  return (
    <section class="card sun stack tight" role="status" data-testid="care">
      <b>{w().care.title}</b>
      <p>{w().care.text}</p>
      <p>
        <b>{w().care.call}</b>
      </p>
      <Button kind="quiet" onClick={() => setClosed(care.at)}>
        {w().care.close}
      </Button>
    </section>
  );
}
