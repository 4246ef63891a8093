import { useState } from "preact/hooks";
import { inLanguage, t } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import type { Feedback, FeedbackItem, Task, Verdict, Work } from "../../../protocol/types";
import { Button, Choice } from "../../../ui/parts";
import { Outcome } from "../../../ui/Status";
import { useSend } from "../parts/Act";

const verdicts: readonly Verdict[] = ["met", "partly", "notYet"];
type Props = { id: string; f: Feedback; work: Work | undefined; task: Task; onDone: () => void };

/** The teacher edits a draft. A quote must be in the work: the server checks it too. */
export function FeedbackEditor({ id, f, work, task, onDone }: Props) {
  const { send, sent } = useSend();
  const [items, setItems] = useState<FeedbackItem[]>(f.items);
  const [note, setNote] = useState(f.note);
  const descriptors = task.criteria.flatMap((c) => c.descriptors);
  const text = work?.submission ?? work?.text;
  const foreign = (quote: string) => text !== undefined && quote.trim() !== "" && !plain(text).includes(plain(quote));
  const change = (at: number, part: Partial<FeedbackItem>) => setItems(items.map((x, i) => (i === at ? { ...x, ...part } : x)));
  const save = () =>
    send("EditFeedback", { feedbackId: id, items, note: note.trim() }).done.then((r) => {
      if (!r.refusal) onDone();
    });
  return (
    <div class="stack">
      {text && <p class="paper pre small">{text}</p>}
      {items.map((item, i) => (
        <fieldset key={item.descriptorId} class="fb-item stack">
          <b>{inLanguage(descriptors.find((d) => d.id === item.descriptorId)?.text)}</b>
          <Choice
            label={w().work.feedback}
            value={item.verdict}
            options={verdicts}
            name={(v) => t().verdicts[v]}
            onPick={(verdict) => change(i, { verdict })}
          />
          <label class="stack tight small">
            {w().work.quote}
            <input type="text" value={item.quote} onInput={(e) => change(i, { quote: e.currentTarget.value })} />
          </label>
          {foreign(item.quote) && <span class="refused small">{w().work.quoteWrong}</span>}
          <label class="stack tight small">
            {w().work.next}
            <textarea rows={2} value={item.nextStep} onInput={(e) => change(i, { nextStep: e.currentTarget.value })} />
          </label>
        </fieldset>
      ))}
      <label class="stack tight small">
        {w().work.note}
        <textarea rows={2} value={note} onInput={(e) => setNote(e.currentTarget.value)} data-testid={`note-${id}`} />
      </label>
      <div class="row wrap">
        <Button compact disabled={items.some((x) => foreign(x.quote))} onClick={() => void save()} data-testid={`save-${id}`}>
          {t().save}
        </Button>
        <Button kind="quiet" compact onClick={onDone}>
          {t().cancel}
        </Button>
        <Outcome sent={sent} />
      </div>
    </div>
  );
}

const plain = (text: string): string => text.replace(/\s+/g, " ").trim().toLowerCase();
