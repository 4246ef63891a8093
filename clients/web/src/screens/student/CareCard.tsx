import { useEffect, useRef, useState } from "preact/hooks";
import { w } from "../../i18n/student";
import { useLesson } from "../../lesson/context";
import { Button } from "../../ui/parts";

/** Words of care for whoever wrote that it is in danger. Closed, it comes back when that is written again. */
export function CareCard() {
  const lesson = useLesson();
  const [closed, setClosed] = useState("");
  const me = lesson.store.one("me");
  const care = me ? lesson.store.one("care", me.studentId) : undefined;
  const shown = care && care.at !== closed ? care.at : "";
  const card = useRef<HTMLElement>(null);
  // Whoever has written something has scrolled down to where it is written. A page does not go away under who writes still.
  useEffect(() => {
    if (!shown) return;
    const show = () => card.current?.scrollIntoView({ block: "center" });
    if (!document.activeElement?.matches("textarea, input")) return show();
    addEventListener("focusout", show, { once: true });
    return () => removeEventListener("focusout", show);
  }, [shown]);
  if (!care || !shown) return null;
  return (
    <section ref={card} class="card sun stack tight care" role="status" data-testid="care">
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
