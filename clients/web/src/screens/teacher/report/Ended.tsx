import { w as rehearsal } from "../../../i18n/rehearsal";
import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import type { Plan } from "../../../protocol/types";
import { Button } from "../../../ui/parts";
import { Reopen } from "../parts/Reopen";
import { Incidents } from "../tutor/Incidents";
import { Record } from "./Record";

export function Ended({ plan, onWorks }: { plan: Plan; onWorks: () => void }) {
  const lesson = useLesson();
  const works = lesson.store.all("work").size;
  const students = lesson.store.all("seat").size;
  return (
    <section class="card stack" data-plan={plan.steps.length}>
      <h2>{w().ended.title}</h2>
      <p>{w().ended.facts(students, works)}</p>
      <p>{plan.rehearsal ? rehearsal().ended : w().ended.text}</p>
      {!plan.rehearsal && <p class="muted">{w().head.reopened}</p>}
      <div class="row wrap">
        {works > 0 && <Button onClick={onWorks}>{w().tabs.works}</Button>}
        {plan.rehearsal ? (
          <a class="btn quiet" href="/teach#">
            {w().gone.home}
          </a>
        ) : (
          <Reopen big />
        )}
      </div>
      {!plan.rehearsal && <Record />}
      <Incidents />
    </section>
  );
}
