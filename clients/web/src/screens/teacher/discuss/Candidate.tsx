import { Fragment } from "preact";
import { useState } from "preact/hooks";
import { inLanguage, languages, ownNames, t } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import { sourceOf } from "../../../lesson/explanations";
import type { PromptText, Provenance, Trilingual } from "../../../protocol/types";
import { AiBadge, aiMark } from "../../../ui/AiBadge";
import { Picture } from "../../../ui/Picture";
import { Button } from "../../../ui/parts";
import { formulas, Rich } from "../../../ui/Rich";
import { Act } from "../parts/Act";

type Props = { stepId: string; p: PromptText; provenance: Provenance | undefined; onPicked: () => void };

export function Candidate({ stepId, p, provenance, onPicked }: Props) {
  const source = sourceOf(useLesson(), provenance);
  const [edited, setEdited] = useState<Trilingual>();
  const whole = edited && languages.every((l) => edited[l].trim() !== "");
  const changed = edited && languages.some((l) => edited[l] !== p.question[l]);
  return (
    <article class="card stack" data-testid={`prompt-${p.id}`} {...aiMark(source)}>
      <div class="row">
        <AiBadge source={source} edited={changed ?? false} />
      </div>
      {edited ? (
        languages.map((l) => (
          <label class="stack tight small" key={l}>
            {ownNames[l].full}
            <textarea rows={3} lang={l} value={edited[l]} onInput={(e) => setEdited({ ...edited, [l]: e.currentTarget.value })} />
          </label>
        ))
      ) : (
        <Rich text={inLanguage(p.question)} heading="h3" />
      )}
      <Picture image={p.image} class="aside" />
      <PromptFacts p={p} />
      <div class="row wrap">
        <Act
          name="PickPrompt"
          fields={() => ({ stepId, promptId: p.id, ...(changed && edited ? { edited } : {}) })}
          disabled={edited !== undefined && !whole}
          onSent={onPicked}
          testid={`pick-prompt-${p.id}`}
        >
          {w().discuss.pick}
        </Act>
        <Button kind="bare" compact onClick={() => setEdited(edited ? undefined : { ...p.question })}>
          {edited ? t().cancel : w().discuss.editQuestion}
        </Button>
      </div>
    </article>
  );
}

export function PromptFacts({ p }: { p: PromptText }) {
  return (
    <dl class="facts">
      <dt>{w().discuss.make}</dt>
      <dd>
        <Rich text={inLanguage(p.make)} heading="p" />
      </dd>
      <dt>{w().discuss.materials}</dt>
      <dd>{formulas(inLanguage(p.materials))}</dd>
      <dt>{w().discuss.minutes}</dt>
      <dd>{t().minutes(p.minutes)}</dd>
      {p.roles.length > 0 && (
        <>
          <dt>{w().discuss.roles}</dt>
          <dd>
            {p.roles.map((r, i) => (
              // A dollar of one role shuts no formula of another.
              <Fragment key={i}>
                {i > 0 && "; "}
                {formulas(inLanguage(r))}
              </Fragment>
            ))}
          </dd>
        </>
      )}
      <dt>{w().discuss.sharing}</dt>
      <dd>{formulas(inLanguage(p.sharing))}</dd>
    </dl>
  );
}
