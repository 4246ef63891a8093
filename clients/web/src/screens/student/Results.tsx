import { inLanguage, t } from "../../i18n";
import { w } from "../../i18n/student";
import { useLesson } from "../../lesson/context";
import type { Question } from "../../protocol/types";
import { CountedScale, countOf, WordCloud } from "../../ui/Counted";
import { Icon } from "../../ui/icons";
import { Picture } from "../../ui/Picture";
import { Bar } from "../../ui/parts";
import { formulas, Rich } from "../../ui/Rich";
import { Theirs } from "../../ui/Theirs";
import { Described } from "./Described";
import { OwnAnswers, type Said, saidOf } from "./OwnAnswers";

/** What the class answered, what is right, and why. */
export function Results({ id, q, said }: { id: string; q: Question; said: readonly Said[] }) {
  const lesson = useLesson();
  const tally = lesson.store.one("tally", id);
  const round = tally?.rounds?.find((r) => r.round === q.round);
  const first = q.returns ? saidOf(lesson, q.returns, 1).filter((s) => s.answer) : [];
  // Of whoever holds this phone.
  const chosen = (option: string) => said.some((s) => s.answer?.options.includes(option));
  const count = (key: string) => countOf(round, key);
  const total = Math.max(1, round?.answered ?? 0);
  return (
    <div class="stack">
      <OwnAnswers q={q} said={said} />
      {first.length > 0 && (
        <div class="stack tight">
          <span class="small muted">{w().question.atStart}</span>
          <OwnAnswers q={q} said={first} />
        </div>
      )}
      {q.status === "counted" && <p class="muted">{w().question.counted}</p>}
      <span class="small muted">
        {w().question.all}: {t().answers(round?.answered ?? 0)}
        {round?.byHand !== undefined && ` · ${w().question.byHand(round.byHand)}`}
      </span>
      {(q.kind === "single" || q.kind === "multiple") &&
        q.options.map((o) => (
          <div class={`result stack tight ${o.correct ? "right" : ""}`} key={o.id}>
            <div class="row wrap apart">
              <span class={chosen(o.id) ? "strong" : ""}>{formulas(inLanguage(o.text))}</span>
              <span class="row">
                {o.correct && (
                  <span class="pill ok">
                    <Icon name="check" size={16} /> {w().question.right}
                  </span>
                )}
                <b>{count(o.id)}</b>
              </span>
            </div>
            <Picture image={o.image} class="small" />
            <Bar share={count(o.id) / total} tone={o.correct ? "ok" : undefined} label={t().answers(count(o.id))} />
            {tally?.before && (
              <span class="small muted">
                {w().question.classAtStart}: {countOf(tally.before, o.id)}
              </span>
            )}
            {o.why && (o.correct || chosen(o.id)) && <p class="small muted">{formulas(inLanguage(o.why))}</p>}
          </div>
        ))}
      {q.kind === "scale" && <CountedScale q={q} round={round} mine={said.map((s) => s.answer?.scale)} />}
      {q.kind === "wordCloud" && round && <WordCloud round={round} limit={24} />}
      {q.picked?.map((text, i) => (
        <blockquote key={i} class="said">
          <Theirs>{text}</Theirs>
        </blockquote>
      ))}
      {q.why && (
        <div class="card ok">
          <b>{w().question.why}</b>
          <Rich text={inLanguage(q.why)} heading="p" />
          <Described image={q.whyImage} />
        </div>
      )}
    </div>
  );
}
