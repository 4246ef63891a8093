import { inLanguage } from "../../i18n";
import { w } from "../../i18n/board";
import { useLesson } from "../../lesson/context";
import type { Question, Round } from "../../protocol/types";
import { Icon } from "../../ui/icons";
import { Bar } from "../../ui/parts";

/** The question in large type; how many have answered, never who; results only when the teacher shows them. */
export function QuestionMain({ id, question: q, joined }: { id: string; question: Question; joined: number }) {
  const tally = useLesson().store.one("tally", id);
  const round = tally?.rounds?.find((r) => r.round === q.round);
  return (
    <section class={`card main asking ${q.status}`}>
      <div class="about">
        <span class="pill sky">{w().question}</span>
        {q.round > 1 && <span class="pill warn">{w().secondRound}</span>}
        <span class="muted">{q.status === "closed" ? w().closed : w().answered(tally?.answered ?? round?.answered ?? 0, joined)}</span>
      </div>
      {q.status === "open" && <Bar share={(tally?.answered ?? 0) / Math.max(1, joined)} />}
      <h2>{inLanguage(q.text)}</h2>
      <div class="body">
        {(q.kind === "single" || q.kind === "multiple") && <Options q={q} round={round} />}
        {q.kind === "scale" && <Scale q={q} round={round} />}
        {q.kind === "wordCloud" && round && <Cloud round={round} />}
        {q.picked && <Picked texts={q.picked} />}
      </div>
    </section>
  );
}

function Options({ q, round }: { q: Question; round: Round | undefined }) {
  const count = (id: string) => round?.counts.find((c) => c.key === id)?.count ?? 0;
  return (
    <ul class="plain options">
      {q.options.map((o, i) => (
        <li key={o.id} class={o.correct ? "right" : ""}>
          <span class="letter">{o.correct ? <Icon name="check" size={40} /> : String.fromCharCode(65 + i)}</span>
          <div class="grow">
            <div class="row apart">
              <span>{inLanguage(o.text)}</span>
              {round && <b>{count(o.id)}</b>}
            </div>
            {round && <Bar share={count(o.id) / Math.max(1, round.answered)} tone={o.correct ? "ok" : undefined} />}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Scale({ q, round }: { q: Question; round: Round | undefined }) {
  const values = Array.from({ length: Math.max(0, q.max - q.min + 1) }, (_, i) => q.min + i);
  const count = (n: number) => round?.counts.find((c) => c.key === `${n}`)?.count ?? 0;
  const most = Math.max(1, ...values.map(count));
  return (
    <div class={`scaleBoard ${round ? "counted" : ""}`}>
      <div class="columns">
        {values.map((n) => (
          <div key={n}>
            {round && <b>{count(n) || ""}</b>}
            {round && <i style={{ height: `${(count(n) / most) * 100}%` }} />}
            <span>{n}</span>
          </div>
        ))}
      </div>
      <div class="row apart muted">
        <span>{inLanguage(q.minLabel)}</span>
        <span>{inLanguage(q.maxLabel)}</span>
      </div>
    </div>
  );
}

function Cloud({ round }: { round: Round }) {
  const most = Math.max(1, ...round.counts.map((c) => c.count));
  return (
    <div class="cloud">
      {round.counts.slice(0, 28).map((c, i) => (
        <span key={c.key} class={`c${i % 3}`} style={{ fontSize: `${1 + (c.count / most) * 1.4}em` }}>
          {c.key}
        </span>
      ))}
    </div>
  );
}

function Picked({ texts }: { texts: string[] }) {
  return (
    <div class="stack picked">
      <span class="muted">{w().said}</span>
      {texts.map((text, i) => (
        <blockquote key={i}>{text}</blockquote>
      ))}
    </div>
  );
}
