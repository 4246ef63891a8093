import { useState } from "preact/hooks";
import { inLanguage, t } from "../../i18n";
import { w } from "../../i18n/student";
import { useLesson } from "../../lesson/context";
import type { Feedback, FeedbackItem, Task, Verdict } from "../../protocol/types";
import { AiBadge, aiMark } from "../../ui/AiBadge";
import { fits, Length } from "../../ui/Length";
import { Button } from "../../ui/parts";
import { formulas } from "../../ui/Rich";
import { SentWord } from "../../ui/Status";

const tone: Record<Verdict, string> = { met: "ok", partly: "warn", notYet: "" };

/** @param whose child of a shared phone replies; undefined: there is one alone */
type Props = { id: string; feedback: Feedback; task: Task; over: boolean; whose?: string | undefined };

/** Released feedback: per descriptor the student's own words it rests on, one next step, and whether it is met where somebody judged. */
export function FeedbackView({ id, feedback: f, task, over, whose }: Props) {
  const descriptors = task.criteria.flatMap((c) => c.descriptors);
  return (
    <section class="card stack feedback" {...(f.provenance ? aiMark(f.provenance) : {})}>
      <h2>{w().feedback.title}</h2>
      <div class="row wrap">
        {f.provenance && <AiBadge source={f.provenance} edited={f.edited} editedBy={f.editedBy} />}
        <span class="small muted">{w().feedback.fromTeacher}</span>
      </div>
      {f.note && <p class="note pre">{formulas(f.note)}</p>}
      {f.items.filter(says).map((item) => (
        <Item key={item.descriptorId} item={item} text={inLanguage(descriptors.find((d) => d.id === item.descriptorId)?.text)} />
      ))}
      {f.reply ? (
        <div class="own stack tight">
          <span class="small muted">{w().feedback.replied}</span>
          <p class="pre">{f.reply}</p>
        </div>
      ) : (
        !over && <Reply key={whose} id={id} whose={whose} />
      )}
    </section>
  );
}

/** A descriptor of which nothing was said is not listed. */
const says = (item: FeedbackItem): boolean => item.verdict !== undefined || item.quote !== "" || item.nextStep !== "";

function Item({ item, text }: { item: FeedbackItem; text: string }) {
  return (
    <article class="item stack tight">
      <div class="row wrap apart">
        <b class="descriptor">{formulas(text)}</b>
        {item.verdict && <span class={`pill nowrap ${tone[item.verdict]}`}>{t().verdicts[item.verdict]}</span>}
      </div>
      {item.quote && (
        <blockquote class="said">
          <span class="small muted">{w().feedback.quote}</span>
          <p>{item.quote}</p>
        </blockquote>
      )}
      {item.nextStep && (
        <p>
          <b class="small">{w().feedback.next}: </b>
          {formulas(item.nextStep)}
        </p>
      )}
    </article>
  );
}

function Reply({ id, whose }: { id: string; whose: string | undefined }) {
  const lesson = useLesson();
  const [text, setText] = useState("");
  const waiting = lesson.outbox.queued("ReplyToFeedback").find((e) => e.fields.feedbackId === id);
  if (waiting) {
    return (
      <div class="own stack tight">
        <span class="small muted">{w().feedback.replied}</span>
        <p class="pre">{waiting.fields.text}</p>
        <SentWord sent={waiting.sent} />
      </div>
    );
  }
  return (
    <form
      class="stack"
      onSubmit={(e) => {
        e.preventDefault();
        const said = text;
        const sent = lesson.outbox.send("ReplyToFeedback", { feedbackId: id, text: text.trim() }, undefined, whose ? [whose] : undefined);
        setText("");
        void sent.done.then((r) => r.refusal && setText((now) => (now.includes(said) ? now : now === "" ? said : `${said}\n${now}`)));
      }}
    >
      <label class="stack tight">
        {w().feedback.reply}
        <textarea rows={2} placeholder={w().feedback.replyHint} value={text} onInput={(e) => setText(e.currentTarget.value)} />
        <Length text={text} max={1000} />
      </label>
      <Button type="submit" kind="quiet" disabled={text.trim() === "" || !fits(text, 1000)}>
        {t().send}
      </Button>
    </form>
  );
}
