import type { ComponentChildren } from "preact";
import { inLanguage } from "../../i18n";
import { w } from "../../i18n/board";
import { useLesson } from "../../lesson/context";
import type { Question, Round } from "../../protocol/types";
import { CountedScale, countOf, ScaleEnds, WordCloud } from "../../ui/Counted";
import { Icon } from "../../ui/icons";
import { Picture } from "../../ui/Picture";
import { Bar } from "../../ui/parts";
import { formulas, Rich } from "../../ui/Rich";
import { Theirs } from "../../ui/Theirs";
import { QuestionClock } from "./Clock";
import { CountHands } from "./CountHands";
import { Fit } from "./Fit";
import { Paged } from "./Paged";

/** The question in large type; how many have answered, never who; results only when the teacher shows them. */
type Props = { id: string; question: Question; joined: number; mayDraw?: boolean };

export function QuestionMain({ id, question: q, joined, mayDraw = false }: Props) {
  const lesson = useLesson();
  const tally = lesson.store.one("tally", id);
  const round = tally?.rounds?.find((r) => r.round === q.round);
  const before = round && (tally?.rounds?.filter((r) => r.round < q.round).at(-1) ?? tally?.before);
  const then = q.round === 1 ? w().atStart : w().before;
  const answered = tally?.answered ?? round?.answered ?? 0;
  const all = Math.max(joined, lesson.store.one("pace")?.classSize ?? 0, answered);
  return (
    <section class={`card main asking ${q.status} ${q.picked ? "quoting" : ""} ${q.image ? "pictured" : ""}`}>
      <div class="about">
        <span class="pill sky">{w().question}</span>
        {q.round > 1 && <span class="pill warn">{w().secondRound}</span>}
        {q.returns && q.round === 1 && lesson.store.one("question", q.returns) && <span class="pill warn">{w().again}</span>}
        <span class="muted">{q.stemOnly ? w().thinks : q.status === "closed" ? w().closed : w().answered(answered, all)}</span>
        {round?.byHand !== undefined && <span class="pill">{w().countedByHand(round.byHand)}</span>}
        <QuestionClock id={id} q={q} mayDraw={mayDraw} />
      </div>
      {q.status === "open" && !q.stemOnly && <Bar share={(tally?.answered ?? 0) / Math.max(1, all)} />}
      <div class="spread">
        <Fit largest={64} smallest={28} of={`${id} ${q.status} ${q.round} ${q.stemOnly ?? ""}`}>
          <Rich text={inLanguage(q.text)} heading="h2" />
          {(q.kind === "single" || q.kind === "multiple") && <Options q={q} round={round} before={before} then={then} />}
          {q.kind === "scale" && (
            <Both before={before} then={then} now={round}>
              {(r) => (
                <div class={`scaleBoard ${r ? "counted" : ""}`}>
                  <CountedScale q={q} round={r} />
                  <ScaleEnds q={q} />
                </div>
              )}
            </Both>
          )}
          {q.kind === "wordCloud" && round && (
            <Both before={before} then={then} now={round}>
              {(r) => r && <WordCloud round={r} limit={before ? 14 : 28} />}
            </Both>
          )}
        </Fit>
        <Picture image={q.image} />
      </div>
      {q.stemOnly && mayDraw && (
        <button
          type="button"
          class="show-options"
          onClick={() => lesson.outbox.send("ShowOptions", { questionId: id })}
          data-testid="show-options"
        >
          {w().showOptions}
        </button>
      )}
      {mayDraw && <CountHands id={id} q={q} />}
      {q.picked && <Picked texts={q.picked} />}
    </section>
  );
}

type Rounds = {
  before: Round | undefined;
  then: string;
  now: Round | undefined;
  children: (round: Round | undefined) => ComponentChildren;
};

/** What the class thought before it talked, beside what it thinks now. */
function Both({ before, then, now, children }: Rounds) {
  if (!before) return <>{children(now)}</>;
  return (
    <div class="both">
      <h3>{then}</h3>
      <h3>{w().now}</h3>
      {children(before)}
      {children(now)}
    </div>
  );
}

type Counts = { q: Question; round: Round | undefined; before: Round | undefined; then: string };

function Options({ q, round, before, then }: Counts) {
  return (
    <ul class="plain options">
      {q.options.map((o, i) => (
        <li key={o.id} class={o.correct ? "right" : ""}>
          <span class="letter">{o.correct ? <Icon name="check" size={40} /> : String.fromCharCode(65 + i)}</span>
          <Picture image={o.image} class="small" />
          <div class="grow">
            <div class="row apart">
              <span>{formulas(inLanguage(o.text))}</span>
              {round && !before && <b>{countOf(round, o.id)}</b>}
            </div>
            {round && !before && <Bar share={shareOf(round, o.id)} tone={o.correct ? "ok" : undefined} />}
            {round && before && (
              <div class="rounds">
                <span>{then}</span>
                <Bar share={shareOf(before, o.id)} tone="h1" />
                <b>{countOf(before, o.id)}</b>
                <span>{w().now}</span>
                <Bar share={shareOf(round, o.id)} tone={o.correct ? "ok" : undefined} />
                <b>{countOf(round, o.id)}</b>
              </div>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

const shareOf = (round: Round, key: string) => countOf(round, key) / Math.max(1, round.answered);

function Picked({ texts }: { texts: string[] }) {
  return (
    <div class="stack picked">
      <span class="muted">{w().said}</span>
      <Paged items={texts.map((text, i) => ({ text, key: `${i}` }))} keyOf={({ key }) => key}>
        {({ text }) => (
          <blockquote>
            <Theirs>{text}</Theirs>
          </blockquote>
        )}
      </Paged>
    </div>
  );
}
