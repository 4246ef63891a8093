import { useState } from "preact/hooks";
import { secondsUntil } from "../../connection/clock";
import type { Sent } from "../../connection/outbox";
import { say, t } from "../../i18n";
import { w } from "../../i18n/student";
import { useLesson } from "../../lesson/context";
import { countWords } from "../../lesson/drafts";
import { sourceOf } from "../../lesson/explanations";
import type { Lesson } from "../../lesson/lesson";
import { phoneOf } from "../../lesson/phone";
import { exchangesOf } from "../../lesson/threads";
import { uuid7 } from "../../protocol/ids";
import type { AiPolicy, Exchange, Opening } from "../../protocol/types";
import { AgainIn } from "../../ui/AgainIn";
import { AiBadge, aiMark } from "../../ui/AiBadge";
import { Icon } from "../../ui/icons";
import { fits, Length } from "../../ui/Length";
import { Button, timeOf } from "../../ui/parts";
import { formulas } from "../../ui/Rich";
import { Sheet } from "../../ui/Sheet";
import { SentWord } from "../../ui/Status";
import { Turns } from "./Sharing";

const most = 600;

/** Opens the private thread with the tutor: where the step allows to ask, or where something was asked. */
export function TutorCard({ stepId }: { stepId?: string | undefined }) {
  const lesson = useLesson();
  const all = phoneOf(lesson);
  const [open, setOpen] = useState(false);
  const [picked, setPicked] = useState<string>();
  const [texts, setTexts] = useState<Record<string, string>>({});
  // On a shared phone it is asked each time: a thread is one child's.
  const who = all.length === 1 ? all[0]?.id : all.find((c) => c.id === picked)?.id;
  const policy = (stepId ? lesson.store.one("step", stepId)?.aiPolicy : undefined) ?? "none";
  const list = who ? exchangesOf(lesson, who) : [];
  const ofAll = all.flatMap((c) => exchangesOf(lesson, c.id));
  const openings = (who ? [who] : all.map((c) => c.id)).flatMap((id) => lesson.store.one("thread", id)?.openings ?? []);
  // Without a model nobody answers: there is no door, and what was asked before is still read.
  const asks = policy !== "none" && stepId !== undefined && lesson.modelWrites.value;
  const lacks = stepId && who ? ownWordsLacking(lesson, stepId, who) : 0;
  const askAs = (text: string) => (stepId && who ? ask(lesson, stepId, text, all.length > 1 ? [who] : undefined) : undefined);
  if (!asks && ofAll.length === 0) return null;
  const last = list.at(-1)?.[1];
  const opened = openings.at(-1);
  return (
    <>
      <button type="button" class="card row tutor-door" aria-haspopup="dialog" onClick={() => setOpen(true)} data-testid="tutor-door">
        <Icon name="ask" />
        <span class="grow stack tight">
          <b>{w().tutor.title}</b>
          <span class="small muted">
            {ofAll.some(([, e]) => isPending(e))
              ? w().tutor.thinking
              : ofAll.length > 0
                ? w().tutor.asked(ofAll.length)
                : w().tutor.private}
          </span>
          {opened && <span class="small">{w().tutor.opened(opened.by, timeOf(opened.at))}</span>}
        </span>
        <Icon name="arrow" size={20} />
      </button>
      {open && (
        <Sheet
          title={w().tutor.title}
          onClose={() => {
            setOpen(false);
            setPicked(undefined);
          }}
        >
          <p class="small muted">{w().tutor.note}</p>
          {all.length > 1 && (
            <>
              <h3>{w().share.whoAsks}</h3>
              <Turns all={all} now={who ?? ""} done={() => false} onPick={setPicked} />
            </>
          )}
          {who && openings.map((o) => <OpeningNote key={o.at} opening={o} />)}
          {list.map(([id, e]) => (
            <ExchangeItem key={id} id={id} e={e} onAgain={!asks || lacks > 0 ? undefined : () => askAs(e.question)} />
          ))}
          {!asks ? (
            <p class="muted">{w().tutor.closed}</p>
          ) : !who ? null : lacks > 0 ? (
            <p class="muted" data-testid="own-draft-first">
              {w().tutor.ownFirst(lacks)}
            </p>
          ) : (
            <Ask
              key={who}
              policy={policy}
              text={texts[who] ?? ""}
              onText={(text) => setTexts((now) => ({ ...now, [who]: text }))}
              onAsk={askAs}
              pending={last !== undefined && isPending(last)}
            />
          )}
        </Sheet>
      )}
    </>
  );
}

/** Words of an own first draft that come before the first question, as the server asks for them. */
function ownWordsLacking(lesson: Lesson, stepId: string, studentId: string): number {
  const work = lesson.store.one("work", `${studentId}/${stepId}`);
  const asked = lesson.store.one("step", stepId)?.task?.minOwnWords ?? 0;
  return work && work.version > 0 ? 0 : Math.max(0, asked - countWords(work?.text ?? ""));
}

const isPending = (e: Exchange): boolean => e.answer === undefined && e.failure === undefined;
const ask = (lesson: Lesson, stepId: string, text: string, children: string[] | undefined): Sent =>
  lesson.outbox.send("AskTutor", { exchangeId: uuid7(), stepId, text }, undefined, children);

/** Who read the thread, when and why. */
function OpeningNote({ opening: o }: { opening: Opening }) {
  return (
    <div class="card sun stack tight" data-testid="opening">
      <b>{w().tutor.opened(o.by, timeOf(o.at))}</b>
      <span>
        {w().tutor.reason}: {o.reason}
      </span>
    </div>
  );
}

function ExchangeItem({ id, e, onAgain }: { id: string; e: Exchange; onAgain: (() => unknown) | undefined }) {
  const source = sourceOf(useLesson(), e.provenance);
  return (
    <article class="stack exchange" data-testid={`exchange-${id}`}>
      <p class="bubble mine pre">{e.question}</p>
      {e.answer !== undefined && (
        <div class="bubble stack tight" {...aiMark(source)}>
          <div class="row">
            <AiBadge source={source} />
          </div>
          <p class="pre">{formulas(e.answer)}</p>
        </div>
      )}
      {e.failure !== undefined && (
        <div class="bubble stack tight">
          <p>{say(e.failure)}</p>
          <AgainIn seconds={secondsUntil(e.againAt)} />
          {onAgain && (
            <Button
              kind="quiet"
              compact
              class="start"
              disabled={secondsUntil(e.againAt) > 0}
              onClick={onAgain}
              data-testid="ask-tutor-again"
            >
              {t().askAgain}
            </Button>
          )}
        </div>
      )}
      {isPending(e) && (
        <p class="bubble muted" role="status">
          {w().tutor.thinking}
        </p>
      )}
    </article>
  );
}

type AskProps = {
  policy: AiPolicy;
  text: string;
  onText: (text: string) => void;
  onAsk: (text: string) => Sent | undefined;
  pending: boolean;
};
function Ask({ policy, text, onText, onAsk, pending }: AskProps) {
  const [sent, setSent] = useState<Sent>();
  const going = sent?.state.value === "sending" || sent?.state.value === "waiting";
  return (
    <form
      class="stack"
      onSubmit={(e) => {
        e.preventDefault();
        const next = onAsk(text.trim());
        setSent(next);
        void next?.done.then((r) => {
          if (!r.refusal) onText("");
        });
      }}
    >
      <label class="stack tight">
        {policy === "draft" ? w().tutor.draft : w().tutor.ask}
        <textarea
          rows={3}
          placeholder={w().tutor.hint}
          value={text}
          onInput={(e) => onText(e.currentTarget.value)}
          data-testid="tutor-text"
        />
      </label>
      <div class="row apart">
        <Length text={text} max={most} always />
        {sent && sent.state.value !== "saved" && <SentWord sent={sent} />}
      </div>
      <Button type="submit" disabled={text.trim() === "" || !fits(text, most) || pending || going} data-testid="tutor-send">
        {t().send}
      </Button>
    </form>
  );
}
