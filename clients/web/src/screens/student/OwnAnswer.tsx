import { inLanguage, t } from "../../i18n";
import { w } from "../../i18n/student";
import type { Answer, Question } from "../../protocol/types";
import { formulas } from "../../ui/Rich";
import { Theirs } from "../../ui/Theirs";

/** The student's own answer, as it was given. */
export function OwnAnswer({
  q,
  answer,
  title,
}: {
  q: Question;
  answer: Pick<Answer, "options" | "scale" | "text">;
  title?: string | undefined;
}) {
  const chosen = q.options.filter((o) => answer.options.includes(o.id)).map((o) => inLanguage(o.text));
  const said = answer.text || (answer.scale !== undefined ? `${answer.scale}` : "");
  return (
    <div class="own stack tight">
      <span class="small muted">{title ?? w().question.yours}</span>
      {chosen.length > 0 ? chosen.map((c) => <b key={c}>{formulas(c)}</b>) : <b class="pre">{said ? <Theirs>{said}</Theirs> : t().no}</b>}
    </div>
  );
}
