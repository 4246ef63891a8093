import { inLanguage } from "../../i18n";
import { w } from "../../i18n/board";
import { useLesson } from "../../lesson/context";
import type { Question, Round } from "../../protocol/types";
import { CountedScale, countOf, ScaleEnds, WordCloud } from "../../ui/Counted";
import { Icon } from "../../ui/icons";
import { Bar } from "../../ui/parts";
import { Theirs } from "../../ui/Theirs";
import { Fit } from "./Fit";
import { Paged } from "./Paged";

/** The question in large type; how many have answered, never who; results only when the teacher shows them. */
type Props = { id: string; question: Question; joined: number; mayDraw?: boolean };

export function QuestionMain({ id, question: q, joined, mayDraw }: Props) {
  const lesson = useLesson();
  const tally = lesson.store.one("tally", id);
  const round = tally?.rounds?.find((r) => r.round === q.round);
  return (
    <section class={`card main asking ${q.status} ${q.picked ? "quoting" : ""}`}>
      <div class="about">
        <span class="pill sky">{w().question}</span>
        {q.round > 1 && <span class="pill warn">{w().secondRound}</span>}
        <span class="muted">
          {q.stemOnly ? w().thinks : q.status === "closed" ? w().closed : w().answered(tally?.answered ?? round?.answered ?? 0, joined)}
        </span>
      </div>
      {q.status === "open" && !q.stemOnly && <Bar share={(tally?.answered ?? 0) / Math.max(1, joined)} />}
      <Fit largest={64} smallest={28} of={`${id} ${q.status} ${q.round} ${q.stemOnly ?? ""}`}>
        <h2>{inLanguage(q.text)}</h2>
        {(q.kind === "single" || q.kind === "multiple") && <Options q={q} round={round} />}
        {q.kind === "scale" && (
          <div class={`scaleBoard ${round ? "counted" : ""}`}>
            <CountedScale q={q} round={round} />
            <ScaleEnds q={q} />
          </div>
        )}
        {q.kind === "wordCloud" && round && <WordCloud round={round} limit={28} />}
      </Fit>
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
      {q.picked && <Picked texts={q.picked} />}
    </section>
  );
}

function Options({ q, round }: { q: Question; round: Round | undefined }) {
  return (
    <ul class="plain options">
      {q.options.map((o, i) => (
        <li key={o.id} class={o.correct ? "right" : ""}>
          <span class="letter">{o.correct ? <Icon name="check" size={40} /> : String.fromCharCode(65 + i)}</span>
          <div class="grow">
            <div class="row apart">
              <span>{inLanguage(o.text)}</span>
              {round && <b>{countOf(round, o.id)}</b>}
            </div>
            {round && <Bar share={countOf(round, o.id) / Math.max(1, round.answered)} tone={o.correct ? "ok" : undefined} />}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Picked({ texts }: { texts: string[] }) {
  return (
    <div class="stack picked">
      <span class="muted">{w().said}</span>
      <Paged items={texts} keyOf={(text) => text}>
        {(text) => (
          <blockquote>
            <Theirs>{text}</Theirs>
          </blockquote>
        )}
      </Paged>
    </div>
  );
}
