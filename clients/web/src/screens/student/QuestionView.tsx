import { useState } from "preact/hooks";
import type { Sent } from "../../connection/outbox";
import { inLanguage } from "../../i18n";
import { w } from "../../i18n/student";
import { useLesson } from "../../lesson/context";
import type { Answer, Question } from "../../protocol/types";
import { fits, Length } from "../../ui/Length";
import { Picture } from "../../ui/Picture";
import { Button } from "../../ui/parts";
import { SentWord } from "../../ui/Status";
import { OwnAnswer } from "./OwnAnswer";
import { Picks, ScalePick } from "./Picks";
import { Results } from "./Results";

/** The stem first, then the ways to answer; the result when the teacher shows it. */
export function QuestionView({ id, question: q }: { id: string; question: Question }) {
  const lesson = useLesson();
  const me = lesson.store.one("me");
  const answer = me && lesson.store.one("answer", `${id}/${q.round}/${me.studentId}`);
  return (
    <section class="card stack question">
      {q.round > 1 && <p class="pill warn start">{w().question.round(q.round)}</p>}
      {q.returns && q.round === 1 && <p class="pill warn start">{w().question.again}</p>}
      <h2>{inLanguage(q.text)}</h2>
      <Picture image={q.image} />
      {q.status === "open" && q.stemOnly && <p class="muted">{w().question.stemOnly}</p>}
      {q.status === "open" && !q.stemOnly && <Answering id={id} q={q} answer={answer} />}
      {q.status === "closed" && (
        <>
          <p class="muted">{answer ? w().question.closed : w().question.missed}</p>
          {answer && <OwnAnswer q={q} answer={answer} />}
        </>
      )}
      {(q.status === "counted" || q.status === "revealed") && <Results id={id} q={q} answer={answer} />}
    </section>
  );
}

/** As the server takes it. */
const longest = { open: 1000, wordCloud: 40 };

function Answering({ id, q, answer }: { id: string; q: Question; answer: Answer | undefined }) {
  const lesson = useLesson();
  const [options, setOptions] = useState<string[]>(answer?.options ?? []);
  const [scale, setScale] = useState<number | undefined>(answer?.scale);
  const [text, setText] = useState(answer?.text ?? "");
  const [sent, setSent] = useState<Sent | undefined>();
  const [open, setOpen] = useState(!answer);

  const send = (o: string[], s: number | undefined, x: string) => {
    const fields = { questionId: id, options: o, ...(s !== undefined ? { scale: s } : {}), ...(x.trim() ? { text: x.trim() } : {}) };
    setSent(lesson.outbox.send("GiveAnswer", fields, `answer/${id}/${q.round}`));
    setOpen(false);
  };
  const refused = sent?.state.value === "refused";
  const waits = sent && !answer && !refused;
  if (!open && !refused) {
    return (
      <div class="stack">
        <OwnAnswer q={q} answer={{ options, text, ...(scale !== undefined ? { scale } : {}) }} />
        {waits ? <SentWord sent={sent} /> : <p class="muted small">{w().question.sent}</p>}
        <Button kind="quiet" onClick={() => setOpen(true)}>
          {w().question.change}
        </Button>
      </div>
    );
  }
  const words = q.kind === "open" || q.kind === "wordCloud";
  const ready = words
    ? text.trim() !== "" && fits(text, q.kind === "open" ? longest.open : longest.wordCloud)
    : q.kind === "scale"
      ? scale !== undefined
      : options.length > 0;
  return (
    <form
      class="stack"
      onSubmit={(e) => {
        e.preventDefault();
        send(words || q.kind === "scale" ? [] : options, q.kind === "scale" ? scale : undefined, words ? text : "");
      }}
    >
      {(q.kind === "single" || q.kind === "multiple") && <Picks q={q} chosen={options} onChange={setOptions} />}
      {q.kind === "scale" && <ScalePick q={q} value={scale} onChange={setScale} />}
      {q.kind === "open" && (
        <label class="stack tight">
          <span class="muted small">{w().question.open}</span>
          <textarea rows={5} value={text} onInput={(e) => setText(e.currentTarget.value)} />
          <Length text={text} max={longest.open} />
        </label>
      )}
      {q.kind === "wordCloud" && (
        <label class="stack tight">
          <span class="muted small">{w().question.cloud}</span>
          <input type="text" value={text} onInput={(e) => setText(e.currentTarget.value)} />
          <Length text={text} max={longest.wordCloud} />
        </label>
      )}
      {refused && <SentWord sent={sent} />}
      <Button type="submit" big disabled={!ready}>
        {w().question.send}
      </Button>
    </form>
  );
}
