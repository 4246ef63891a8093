import { useState } from "preact/hooks";
import { say, t } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import { sourceOf } from "../../../lesson/explanations";
import { nameOf } from "../../../lesson/seats";
import { exchangesOf, flagsOf } from "../../../lesson/threads";
import type { Exchange } from "../../../protocol/types";
import { AiBadge, aiMark } from "../../../ui/AiBadge";
import { Button, timeOf } from "../../../ui/parts";
import { formulas } from "../../../ui/Rich";
import { Sheet } from "../../../ui/Sheet";
import { Outcome } from "../../../ui/Status";
import { useSend } from "../parts/Act";
import { Flags } from "./Flags";
import { transcript } from "./openTranscript";

const least = 5;

/** What a student and the tutor wrote to each other: behind a reason, which the student reads too. */
export function TranscriptSheet() {
  const lesson = useLesson();
  const studentId = transcript.value;
  const thread = studentId ? lesson.store.one("thread", studentId) : undefined;
  if (!studentId || !thread) return null;
  const list = exchangesOf(lesson, studentId);
  const hidden = thread.count - list.length;
  return (
    <Sheet
      title={w().tutor.transcript(nameOf(lesson, studentId))}
      onClose={() => {
        transcript.value = undefined;
      }}
    >
      <div class="row wrap">
        <span class="pill">{w().tutor.asked(thread.count)}</span>
        <Flags names={flagsOf(thread)} />
      </div>
      {list.map(([id, e]) => (
        <One key={id} e={e} flags={(thread.flags ?? []).filter((f) => f.exchangeId === id).map((f) => f.flag)} />
      ))}
      {hidden > 0 && <Reason studentId={studentId} more={list.length > 0 ? hidden : 0} />}
      {thread.openings.length > 0 && (
        <ul class="plain small muted">
          {thread.openings.map((o) => (
            <li key={o.at}>
              {timeOf(o.at)} · {o.by}: {o.reason}
            </li>
          ))}
        </ul>
      )}
    </Sheet>
  );
}

function Reason({ studentId, more }: { studentId: string; more: number }) {
  const { send, sent } = useSend();
  const [reason, setReason] = useState("");
  const long = reason.trim().length >= least;
  return (
    <form
      class="stack"
      onSubmit={(e) => {
        e.preventDefault();
        void send("OpenTranscript", { studentId, reason: reason.trim() }).done.then((r) => {
          if (!r.refusal) setReason("");
        });
      }}
    >
      {more > 0 && <p>{w().tutor.newer(more)}</p>}
      <label class="stack tight">
        {w().tutor.why}
        <textarea
          rows={2}
          maxLength={300}
          placeholder={w().tutor.whyHint}
          value={reason}
          onInput={(e) => setReason(e.currentTarget.value)}
          data-testid="transcript-reason"
        />
      </label>
      <p class="small muted">{w().tutor.seen}</p>
      <div class="row wrap">
        <Button type="submit" compact disabled={!long} data-testid="open-transcript">
          {w().tutor.open}
        </Button>
        <Outcome sent={sent} />
      </div>
    </form>
  );
}

function One({ e, flags }: { e: Exchange; flags: readonly string[] }) {
  const source = sourceOf(useLesson(), e.provenance);
  return (
    <article class="stack tight exchange" data-testid="exchange">
      <div class="row wrap small muted">
        {timeOf(e.at)}
        <Flags names={flags} />
      </div>
      <p class="paper pre">{e.question}</p>
      {e.answer !== undefined ? (
        <div class="paper stack tight" {...aiMark(source)}>
          <div class="row wrap">
            <AiBadge source={source} />
            {e.provenance?.cause && <span class="small muted">{say(e.provenance.cause)}</span>}
          </div>
          <p class="pre">{formulas(e.answer)}</p>
        </div>
      ) : (
        <p class="small muted">{e.failure ? say(e.failure) : t().loading}</p>
      )}
    </article>
  );
}
