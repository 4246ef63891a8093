import { useState } from "preact/hooks";
import type { Sent } from "../../connection/outbox";
import { inLanguage } from "../../i18n";
import { w } from "../../i18n/student";
import { useLesson } from "../../lesson/context";
import type { Lesson } from "../../lesson/lesson";
import { apart, phoneOf, together } from "../../lesson/phone";
import { useTyped } from "../../lesson/typed";
import type { Commands } from "../../protocol/commands";
import type { Answer, Question } from "../../protocol/types";
import { fits, Length } from "../../ui/Length";
import { Button } from "../../ui/parts";
import { Rich } from "../../ui/Rich";
import { SentWord } from "../../ui/Status";
import { Theirs } from "../../ui/Theirs";
import { Described } from "./Described";
import { FirstAnswer } from "./FirstAnswer";
import { OwnAnswer } from "./OwnAnswer";
import { OwnAnswers, saidOf } from "./OwnAnswers";
import { Picks, ScalePick } from "./Picks";
import { QuestionClock } from "./QuestionClock";
import { Results } from "./Results";
import { TogetherOrApart, Turns } from "./Sharing";

/** The stem first, then the ways to answer; the result when the teacher shows it. */
export function QuestionView({ id, question: q }: { id: string; question: Question }) {
  const lesson = useLesson();
  const said = saidOf(lesson, id, q.round);
  return (
    <section class="card stack question">
      <QuestionClock q={q} />
      {q.round > 1 && <p class="pill warn start">{w().question.round(q.round)}</p>}
      {q.round === 1 && answeredFirst(lesson, q) && <p class="pill warn start">{w().question.again}</p>}
      <Rich text={inLanguage(q.text)} heading="h2" />
      <Described image={q.image} />
      {q.round > 1 && <FirstAnswer id={id} q={q} now={said} />}
      {q.status === "open" && q.stemOnly && <p class="muted">{w().question.stemOnly}</p>}
      {q.status === "open" && !q.stemOnly && <OnPhone id={id} q={q} />}
      {q.status === "closed" && (
        <>
          {said.some((s) => s.answer) && <p class="muted">{w().question.closed}</p>}
          <OwnAnswers q={q} said={said} />
        </>
      )}
      {(q.status === "counted" || q.status === "revealed") && <Results id={id} q={q} said={said} />}
    </section>
  );
}

/** Whether a child of this phone answered the question of before that comes back in this one. */
const answeredFirst = (lesson: Lesson, q: Question) =>
  !!q.returns && phoneOf(lesson).some((c) => lesson.store.one("answer", `${q.returns}/1/${c.id}`));

/** One child answers, or all on the phone together, or one after the other. */
function OnPhone({ id, q }: { id: string; q: Question }) {
  const lesson = useLesson();
  const [picked, setPicked] = useState<string>();
  // Between the reply and the lesson's word the answer stands in neither: the turn must not come back for that moment.
  const [gave, setGave] = useState<readonly string[]>([]);
  const all = phoneOf(lesson);
  const of = (child: string) => lesson.store.one("answer", `${id}/${q.round}/${child}`);
  const first = all[0];
  if (!first) return null;
  if (!apart(lesson)) {
    return (
      <>
        {all.length > 1 && <TogetherOrApart />}
        <Answering key="together" id={id} q={q} child={first.id} answer={of(first.id)} children={together(lesson)} />
      </>
    );
  }
  // Whose turn it is: who was chosen, else the first without an answer.
  const queued = lesson.outbox.queued("GiveAnswer").filter((e) => e.fields.questionId === id);
  const done = (child: string) => of(child) !== undefined || gave.includes(child) || queued.some((e) => e.for?.includes(child));
  const now = all.find((c) => c.id === picked) ?? all.find((c) => !done(c.id)) ?? first;
  return (
    <>
      <TogetherOrApart />
      <Turns all={all} now={now.id} done={done} onPick={setPicked} />
      <h3 data-testid="whose-turn">
        <Theirs>{now.nickname}</Theirs>, {w().share.yourAnswer}
      </h3>
      <Answering
        key={now.id}
        id={id}
        q={q}
        child={now.id}
        answer={of(now.id)}
        children={[now.id]}
        onSent={(sent) => {
          setPicked(undefined);
          setGave([...gave, now.id]);
          void sent.done.then((r) => r.refusal && setGave((g) => g.filter((c) => c !== now.id)));
        }}
      />
    </>
  );
}

type Given = Commands["GiveAnswer"];

/** As the server takes it. */
const longest = { open: 1000, wordCloud: 40 };

type AnsweringProps = {
  id: string;
  q: Question;
  child: string;
  answer: Answer | undefined;
  children?: string[] | undefined;
  onSent?: (sent: Sent) => void;
};

function Answering({ id, q, child, answer, children, onSent }: AnsweringProps) {
  const lesson = useLesson();
  const key = `answer/${id}/${q.round}/${children?.join() ?? ""}`;
  // Given without a connection, perhaps by a page that was closed since: it stands there as it was given.
  const waiting = lesson.outbox
    .queued("GiveAnswer")
    .filter((e) => e.key === key)
    .at(-1);
  const [last, setLast] = useState<{ sent: Sent; fields: Given; before: string | undefined }>();
  const refused = last?.sent.state.value === "refused";
  // Until the lesson says what it has now, it is as it was sent.
  const sent = last && !refused && last.before === answer?.at ? last.fields : undefined;
  const given = waiting?.fields ?? sent ?? answer;
  const [options, setOptions] = useState<string[]>(given?.options ?? []);
  const [scale, setScale] = useState<number | undefined>(given?.scale ?? undefined);
  const typed = useTyped(lesson, { child, field: "answer", of: id, round: q.round, children: children && [child] });
  const [isOpen, setOpen] = useState(false);
  const text = typed.text;

  const send = (o: string[], s: number | undefined, x: string) => {
    const fields = { questionId: id, options: o, ...(s !== undefined ? { scale: s } : {}), ...(x.trim() ? { text: x.trim() } : {}) };
    const going = lesson.outbox.send("GiveAnswer", fields, key, children);
    setLast({ sent: going, fields, before: answer?.at });
    setOpen(false);
    typed.clear();
    void going.done.then((r) => r.refusal && typed.bring(x));
    onSent?.(going);
  };
  if (given && !isOpen && !refused) {
    return (
      <div class="stack">
        <OwnAnswer q={q} answer={given} />
        {waiting ? <SentWord sent={waiting.sent} /> : <p class="muted small">{w().question.sent}</p>}
        <Button
          kind="quiet"
          onClick={() => {
            setOptions(given.options);
            setScale(given.scale ?? undefined);
            if (!typed.text) typed.show(given.text ?? "");
            setOpen(true);
          }}
        >
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
          <textarea rows={5} value={text} onInput={(e) => typed.type(e.currentTarget.value)} />
          <Length text={text} max={longest.open} />
        </label>
      )}
      {q.kind === "wordCloud" && (
        <label class="stack tight">
          <span class="muted small">{w().question.cloud}</span>
          <input type="text" value={text} onInput={(e) => typed.type(e.currentTarget.value)} />
          <Length text={text} max={longest.wordCloud} />
        </label>
      )}
      {refused && <SentWord sent={last?.sent} />}
      <Button type="submit" big disabled={!ready}>
        {w().question.send}
      </Button>
    </form>
  );
}
