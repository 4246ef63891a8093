import { inLanguage, t } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import type { Question, Round } from "../../../protocol/types";
import { CountedScale, countOf, ScaleEnds } from "../../../ui/Counted";
import { Icon } from "../../../ui/icons";
import { Bar } from "../../../ui/parts";
import { formulas } from "../../../ui/Rich";
import { Cloud } from "./Cloud";
import { OpenAnswers } from "./OpenAnswers";

/** What came so far; the teacher sees it before anybody else. */
export function QuestionResults({ id, q }: { id: string; q: Question }) {
  const tally = useLesson().store.one("tally", id);
  const rounds = tally?.rounds;
  const round = rounds?.find((r) => r.round === q.round);
  const before = rounds?.filter((r) => r.round < q.round).at(-1) ?? tally?.before;
  const then = q.round === 1 ? w().ask.atStart : w().ask.before(before?.round ?? 1);
  const why = inLanguage(q.why);
  if (q.kind === "open") return <OpenAnswers id={id} q={q} />;
  if (!round || round.answered === 0) return null;
  return (
    <div class="stack">
      {round.byHand !== undefined && (
        <span class="pill start" data-testid="counted-by-hand">
          {w().ask.countedByHand(round.byHand)}
        </span>
      )}
      {q.kind === "scale" ? (
        <div class="stack tight">
          {before && <span class="small muted">{then}</span>}
          {before && <CountedScale q={q} round={before} />}
          <CountedScale q={q} round={round} />
          <ScaleEnds q={q} />
        </div>
      ) : q.kind === "wordCloud" ? (
        <Cloud id={id} round={round} />
      ) : (
        <Options q={q} round={round} before={before} then={then} />
      )}
      {q.status === "revealed" && why && (
        <p class="small">
          <b>{w().ask.why}. </b>
          {formulas(why)}
        </p>
      )}
    </div>
  );
}

function Options({ q, round, before, then }: { q: Question; round: Round; before: Round | undefined; then: string }) {
  return (
    <ul class="plain stack">
      {q.options.map((o) => {
        const n = countOf(round, o.id);
        return (
          <li key={o.id} class="stack tight">
            <div class="row apart small">
              <span class="row">
                <span>{formulas(inLanguage(o.text))}</span>
                {o.correct && (
                  <span class="right row">
                    <Icon name="check" size={16} />
                    {w().ask.right}
                  </span>
                )}
              </span>
              <span class="nowrap">
                {before && (
                  <span class="muted">
                    {then}: {countOf(before, o.id)} →{" "}
                  </span>
                )}
                <b>{n}</b>
              </span>
            </div>
            <Bar share={n / Math.max(1, round.answered)} tone={o.correct ? "ok" : undefined} label={t().answers(n)} />
          </li>
        );
      })}
    </ul>
  );
}
