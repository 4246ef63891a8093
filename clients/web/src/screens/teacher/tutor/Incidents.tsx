import { w as incidents } from "../../../i18n/incidents";
import { useLesson } from "../../../lesson/context";
import { nameOf } from "../../../lesson/seats";
import { byTime } from "../../../lesson/time";
import type { Incident } from "../../../protocol/types";
import { timeOf } from "../../../ui/parts";

type Words = ReturnType<typeof incidents>;

/** What was stopped around the tutor, in words. It holds nobody's text. */
export function Incidents() {
  const lesson = useLesson();
  const list = [...lesson.store.all("incident")].sort(([, a], [, b]) => byTime(b.at, a.at));
  return (
    <section class="stack tight" data-testid="incidents">
      <h3>
        {incidents().title} <span class="count">{list.length}</span>
      </h3>
      {list.length === 0 && <p class="small muted">{incidents().none}</p>}
      <ul class="plain stack tight incidents">
        {list.map(([id, i]) => (
          <li key={id} class="small">
            <span class="muted">{timeOf(i.at)}</span> {sentence(i)}
            {i.studentId && <span class="muted"> · {nameOf(lesson, i.studentId)}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function sentence(i: Incident): string {
  const said = incidents();
  const kind = said.kinds[i.kind as keyof Words["kinds"]] ?? said.kinds.other;
  const category = said.categories[i.category as keyof Words["categories"]];
  const ability = said.abilities[i.ability as keyof Words["abilities"]];
  return `${ability ? `${ability}: ` : ""}${kind}${category ? ` (${category})` : ""}`;
}
