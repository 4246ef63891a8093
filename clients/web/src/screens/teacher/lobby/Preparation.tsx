import { inLanguage } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import type { Plan } from "../../../protocol/types";

/** What the kit's author wrote for who gets ready: what is wanted an hour before comes first. Folded once the class comes in. */
export function Preparation({ plan, open }: { plan: Plan; open: boolean }) {
  const p = plan.preparation;
  if (!p) return null;
  const early = p.materials.filter((m) => m.hourBefore);
  const rest = p.materials.filter((m) => !m.hourBefore);
  return (
    <details class="card fold prepare" open={open} data-testid="preparation">
      <summary>{w().prepare.title}</summary>
      <div class="stack">
        {early.length > 0 && (
          <div class="only-you stack tight">
            <b>{w().prepare.hourBefore}</b>
            <Texts texts={early.map((m) => inLanguage(m.text))} />
          </div>
        )}
        <div class="prepare-columns">
          <div>
            <h3>{w().prepare.goals}</h3>
            <Texts texts={p.goals.map((g) => inLanguage(g))} />
            {p.prerequisite && (
              <>
                <h3>{w().prepare.prerequisite}</h3>
                <p class="small">{inLanguage(p.prerequisite)}</p>
              </>
            )}
          </div>
          {rest.length > 0 && (
            <div>
              <h3>{w().prepare.materials}</h3>
              <Texts texts={rest.map((m) => inLanguage(m.text))} />
            </div>
          )}
        </div>
      </div>
    </details>
  );
}

function Texts({ texts }: { texts: string[] }) {
  return (
    <ul class="small">
      {texts.map((text, i) => (
        <li key={i}>{text}</li>
      ))}
    </ul>
  );
}
