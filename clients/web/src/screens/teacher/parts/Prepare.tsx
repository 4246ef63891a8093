import { inLanguage } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import type { Plan } from "../../../protocol/types";

/** Goals and what is needed; what is wanted an hour before comes first. */
export function Prepare({ preparation: p }: { preparation: NonNullable<Plan["preparation"]> }) {
  const early = p.materials.filter((m) => m.hourBefore);
  const rest = p.materials.filter((m) => !m.hourBefore);
  return (
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
