import { inLanguage, t } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import { answersOf } from "../../../lesson/answers";
import { useLesson } from "../../../lesson/context";
import { nameOf } from "../../../lesson/seats";
import type { Question, Round } from "../../../protocol/types";
import { Icon } from "../../../ui/icons";
import { Bar, Button } from "../../../ui/parts";
import { explainQuestion } from "../explain/askedByStudent";
import { Act } from "../parts/Act";

/** What came so far; the teacher sees it before anybody else. */
export function QuestionResults({ id, q }: { id: string; q: Question }) {
  const rounds = useLesson().store.one("tally", id)?.rounds;
  const round = rounds?.find((r) => r.round === q.round);
  const before = rounds?.filter((r) => r.round < q.round).at(-1);
  const why = inLanguage(q.why);
  if (q.kind === "open") return <Open id={id} q={q} />;
  if (!round || round.answered === 0) return null;
  return (
    <div class="stack">
      {q.kind === "scale" ? (
        <Scale q={q} round={round} />
      ) : q.kind === "wordCloud" ? (
        <Cloud round={round} />
      ) : (
        <Options q={q} round={round} before={before} />
      )}
      {q.status === "revealed" && why && (
        <p class="small">
          <b>{w().ask.why}. </b>
          {why}
        </p>
      )}
    </div>
  );
}

const countOf = (round: Round | undefined, key: string): number => round?.counts.find((c) => c.key === key)?.count ?? 0;

function Options({ q, round, before }: { q: Question; round: Round; before: Round | undefined }) {
  return (
    <ul class="plain stack">
      {q.options.map((o) => {
        const n = countOf(round, o.id);
        return (
          <li key={o.id} class="stack tight">
            <div class="row apart small">
              <span class="row">
                {inLanguage(o.text)}
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
                    {w().ask.before(before.round)}: {countOf(before, o.id)} →{" "}
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

function Scale({ q, round }: { q: Question; round: Round }) {
  const values = Array.from({ length: q.max - q.min + 1 }, (_, i) => q.min + i);
  const tallest = Math.max(1, ...round.counts.map((c) => c.count));
  return (
    <div class="stack tight">
      <div class="scale" role="img" aria-label={values.map((n) => `${n}: ${countOf(round, `${n}`)}`).join(", ")}>
        {values.map((n) => (
          <div key={n}>
            <span class="small">{countOf(round, `${n}`) || ""}</span>
            <i style={{ height: `${(countOf(round, `${n}`) / tallest) * 72 + 4}px` }} />
            <b>{n}</b>
          </div>
        ))}
      </div>
      <div class="row apart small muted">
        <span>{inLanguage(q.minLabel)}</span>
        <span>{inLanguage(q.maxLabel)}</span>
      </div>
    </div>
  );
}

function Cloud({ round }: { round: Round }) {
  const most = Math.max(1, ...round.counts.map((c) => c.count));
  return (
    <p class="cloud">
      {round.counts.slice(0, 40).map((c) => (
        <span key={c.key} style={{ fontSize: `${0.9 + (c.count / most) * 0.9}em` }}>
          {c.key} {c.count > 1 && <span class="small muted">{c.count}</span>}
        </span>
      ))}
    </p>
  );
}

function Open({ id, q }: { id: string; q: Question }) {
  const lesson = useLesson();
  const answers = answersOf(lesson, id, q.round);
  const live = lesson.store.one("pace")?.phase === "live";
  if (answers.length === 0) return <p class="small muted">{w().ask.noAnswers}</p>;
  return (
    <ul class="plain stack">
      {answers.map((a) => (
        <li key={a.studentId} class={`answer ${a.picked ? "picked" : ""}`}>
          <span class="grow stack tight">
            <span class="pre">{a.text}</span>
            <span class="small muted">{nameOf(lesson, a.studentId)}</span>
          </span>
          {a.text && live && (
            <Button kind="bare" compact onClick={() => explainQuestion(a.text ?? "")} data-testid={`explain-answer-${a.studentId}`}>
              {w().explain.explainThis}
            </Button>
          )}
          <Act
            name="PickAnswer"
            fields={{ questionId: id, studentId: a.studentId, picked: !a.picked }}
            kind={a.picked ? "quiet" : "line"}
            testid={`pick-answer-${a.studentId}`}
          >
            {a.picked ? w().ask.unpick : w().ask.pick}
          </Act>
        </li>
      ))}
    </ul>
  );
}
