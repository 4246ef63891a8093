import { w } from "../../i18n/student";
import { Button } from "../../ui/parts";
import { type Named, Nickname } from "./Nickname";

/** As many as one screen serves. */
export const mostOnPhone = 3;
export const nobody: Named = { nickname: "", themed: false };

/** Before joining: one calm line, behind which a second and a third name are. */
export function ShareNames({ others, onChange }: { others: Named[]; onChange: (others: Named[]) => void }) {
  return (
    <>
      {others.map((other, i) => (
        <section class="card stack" key={i} data-testid={`other-${i}`}>
          <div class="row apart">
            <h2>{w().share.name(i + 2)}</h2>
            <Button kind="bare" compact onClick={() => onChange(others.filter((_, x) => x !== i))}>
              {w().share.drop}
            </Button>
          </div>
          <Nickname value={other} onChange={(named) => onChange(others.map((o, x) => (x === i ? named : o)))} />
        </section>
      ))}
      {others.length < mostOnPhone - 1 && (
        <Button kind="bare" onClick={() => onChange([...others, nobody])} data-testid="share-phone">
          {others.length === 0 ? w().share.line : w().share.more}
        </Button>
      )}
    </>
  );
}
