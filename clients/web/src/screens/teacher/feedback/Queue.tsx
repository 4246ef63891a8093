import { useState } from "preact/hooks";
import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import { pendingFeedback, saysSomething } from "../../../lesson/feedback";
import type { Task } from "../../../protocol/types";
import { Button } from "../../../ui/parts";
import { Outcome } from "../../../ui/Status";
import { useSend } from "../parts/Act";
import { FeedbackCard } from "./FeedbackCard";

/** Drafts of feedback that wait to be released. Nothing reaches a student before that, and nothing that was not opened can be released. */
export function Queue({ stepId, task }: { stepId: string; task: Task }) {
  const lesson = useLesson();
  const { send, sent } = useSend();
  // Opened, and left for later all the same.
  const [later, setLater] = useState<ReadonlySet<string>>(new Set());
  const list = pendingFeedback(lesson, stepId);
  const isRead = (id: string) => !later.has(id);
  const ready = list.filter(([id, f]) => f.opened && isRead(id) && saysSomething(f)).map(([id]) => id);
  const unread = list.filter(([, f]) => !f.opened).length;
  if (list.length === 0) return null;
  const tick = (id: string, on: boolean) => {
    const next = new Set(later);
    if (on) next.delete(id);
    else next.add(id);
    setLater(next);
  };
  return (
    <section class="stack" data-testid="queue">
      <div class="row apart wrap">
        <h3>
          {w().work.queue} <span class="count warm">{list.length}</span>
        </h3>
        <span class="act">
          <Button
            kind="line"
            compact
            disabled={ready.length === 0}
            onClick={() => send("ReleaseFeedback", { feedbackIds: ready })}
            data-testid="approve-read"
          >
            <span>
              {w().work.releaseRead(ready.length)}
              {unread > 0 && <span class="small" data-testid="unread">{` · ${w().work.unread(unread)}`}</span>}
            </span>
          </Button>
          <Outcome sent={sent} />
        </span>
      </div>
      {list.map(([id, f]) => (
        <FeedbackCard
          key={id}
          id={id}
          f={f}
          task={task}
          work={lesson.store.one("work", `${f.studentId}/${f.stepId}`)}
          read={isRead(id)}
          onRead={(on) => tick(id, on)}
        />
      ))}
    </section>
  );
}
