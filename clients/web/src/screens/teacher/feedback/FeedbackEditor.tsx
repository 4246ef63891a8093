import { useState } from "preact/hooks";
import { t } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import type { Feedback, FeedbackItem, Task, Work } from "../../../protocol/types";
import { Button } from "../../../ui/parts";
import { Outcome } from "../../../ui/Status";
import { useSend } from "../parts/Act";
import { FeedbackItemEditor } from "./FeedbackItemEditor";

type Props = { id: string; f: Feedback; work: Work | undefined; task: Task; onDone: () => void };

/** The teacher edits a draft. A quote must be in the work: the server checks it. */
export function FeedbackEditor({ id, f, work, task, onDone }: Props) {
  const { send, sent } = useSend();
  const [items, setItems] = useState<FeedbackItem[]>(f.items);
  const [note, setNote] = useState(f.note);
  const descriptors = task.criteria.flatMap((c) => c.descriptors);
  const text = work?.submission ?? work?.text;
  const save = () =>
    send("EditFeedback", { feedbackId: id, items, note: note.trim() }).done.then((r) => {
      if (!r.refusal) onDone();
    });
  return (
    <div class="stack">
      {text && <p class="paper pre small">{text}</p>}
      {items.map((item, i) => (
        <FeedbackItemEditor
          key={item.descriptorId}
          item={item}
          text={descriptors.find((d) => d.id === item.descriptorId)?.text}
          hint={f.hints?.find((h) => h.descriptorId === item.descriptorId)}
          work={text}
          onChange={(changed) => setItems(items.map((x, at) => (at === i ? changed : x)))}
        />
      ))}
      <label class="stack tight small">
        {w().work.note}
        <textarea rows={2} value={note} onInput={(e) => setNote(e.currentTarget.value)} data-testid={`note-${id}`} />
      </label>
      <div class="row wrap">
        <Button compact onClick={() => void save()} data-testid={`save-${id}`}>
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
