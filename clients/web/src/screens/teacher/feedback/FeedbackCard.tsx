import { useEffect, useState } from "preact/hooks";
import { secondsUntil } from "../../../connection/clock";
import { inLanguage, say, t } from "../../../i18n";
import { w as p } from "../../../i18n/photos";
import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import { sourceOf } from "../../../lesson/explanations";
import { saysSomething } from "../../../lesson/feedback";
import { photosOf } from "../../../lesson/photos";
import { nameOf } from "../../../lesson/seats";
import type { Feedback, FeedbackItem, Task, Verdict, Work } from "../../../protocol/types";
import { AgainIn } from "../../../ui/AgainIn";
import { AiBadge, aiMark } from "../../../ui/AiBadge";
import { Button } from "../../../ui/parts";
import { Outcome } from "../../../ui/Status";
import { Act, useSend } from "../parts/Act";
import { initials } from "../parts/names";
import { FeedbackEditor } from "./FeedbackEditor";

export const toneOf: Record<Verdict, string> = { met: "ok", partly: "warn", notYet: "" };

type Props = { id: string; f: Feedback; task: Task; work: Work | undefined; read?: boolean; onRead?: (on: boolean) => void };

/** Feedback per descriptor: a verdict or none, the student's words it rests on, one next step. A draft is folded until the teacher opens it. */
export function FeedbackCard({ id, f, task, work, read, onRead }: Props) {
  const lesson = useLesson();
  const [editing, setEditing] = useState(false);
  const source = sourceOf(lesson, f.provenance);
  const name = nameOf(lesson, f.studentId);
  const descriptors = task.criteria.flatMap((c) => c.descriptors);
  const draft = f.status === "draft";
  const folded = draft && !f.opened;
  return (
    <article class="card stack feedback" data-testid={`feedback-${id}`} {...aiMark(source)}>
      <div class="row wrap">
        <span class="avatar">{initials(name)}</span>
        <b>{name}</b>
        <AiBadge source={source} edited={f.edited} editedBy={f.editedBy} />
        {folded && (
          <span class="push">
            <Act name="OpenFeedback" fields={{ feedbackId: id }} kind="line" testid={`open-feedback-${id}`}>
              {w().work.openDraft}
            </Act>
          </span>
        )}
        {draft && !folded && !editing && (
          <span class="row push wrap">
            {onRead && (
              <label class="row check small">
                <input
                  type="checkbox"
                  checked={read ?? false}
                  onChange={(e) => onRead(e.currentTarget.checked)}
                  data-testid={`read-${id}`}
                />
                {w().work.markRead}
              </label>
            )}
            <Button kind="quiet" compact onClick={() => setEditing(true)} data-testid={`edit-${id}`}>
              {w().work.edit}
            </Button>
            <Act name="ReleaseFeedback" fields={{ feedbackIds: [id] }} disabled={!saysSomething(f)} testid={`release-${id}`}>
              {w().work.release}
            </Act>
          </span>
        )}
      </div>
      {draft && !folded && !saysSomething(f) && <p class="small muted">{w().work.saysNothing}</p>}
      {f.provenance?.cause && (
        <p class="small muted">
          {w().explain.standsIn(say(f.provenance.cause))} <AgainIn seconds={secondsUntil(f.againAt)} />
        </p>
      )}
      {draft && photosOf(lesson, f.studentId, f.stepId).length > 0 && <p class="small muted">{p().unseen}</p>}
      {f.droppedQuotes > 0 && <p class="small muted">{w().work.dropped(f.droppedQuotes)}</p>}
      {folded ? null : editing && draft ? (
        <FeedbackEditor id={id} f={f} work={work} task={task} onDone={() => setEditing(false)} />
      ) : (
        <>
          {f.items.map((item) => (
            <Item
              key={item.descriptorId}
              id={id}
              f={f}
              item={item}
              text={inLanguage(descriptors.find((d) => d.id === item.descriptorId)?.text)}
            />
          ))}
          {f.note && <p class="note pre">{f.note}</p>}
        </>
      )}
      {f.reply && (
        <div class="reply">
          <span class="small muted">{w().work.reply}</span>
          <p class="pre">{f.reply}</p>
        </div>
      )}
    </article>
  );
}

function Item({ id, f, item, text }: { id: string; f: Feedback; item: FeedbackItem; text: string }) {
  const { send, sent } = useSend();
  // What was pressed stands there while it is on its way.
  const [wanted, setWanted] = useState<boolean>();
  const stored = f.held?.includes(item.descriptorId) ?? false;
  useEffect(() => setWanted(undefined), [stored]);
  const held = wanted ?? stored;
  const hold = (on: boolean) => {
    setWanted(on);
    const fields = { feedbackId: id, descriptorId: item.descriptorId, held: on };
    void send("HoldDescriptor", fields, `held/${id}/${item.descriptorId}`).done.then((r) => r.refusal && setWanted(undefined));
  };
  return (
    <div class={`fb-item ${held ? "held" : ""}`}>
      <div class="row apart">
        <span>{text}</span>
        {item.verdict ? (
          <span class={`pill nowrap ${toneOf[item.verdict]}`}>{t().verdicts[item.verdict]}</span>
        ) : (
          <span class="pill nowrap muted">{w().work.noVerdict}</span>
        )}
      </div>
      <p class="small">
        <span class="muted">{item.quote ? `«${item.quote}»` : w().work.noQuote}</span>
        {item.nextStep && ` → ${item.nextStep}`}
      </p>
      {f.items.length > 1 && (
        <div class="row wrap">
          <label class="row check small">
            <input
              type="checkbox"
              checked={!held}
              onChange={(e) => hold(!e.currentTarget.checked)}
              data-testid={`give-${id}-${item.descriptorId}`}
            />
            {w().work.gives}
          </label>
          <Outcome sent={sent} />
        </div>
      )}
    </div>
  );
}
