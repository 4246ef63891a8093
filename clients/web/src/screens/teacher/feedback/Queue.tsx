import { useState } from "preact/hooks";
import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import { pendingFeedback } from "../../../lesson/feedback";
import type { Task } from "../../../protocol/types";
import { Button } from "../../../ui/parts";
import { Outcome } from "../../../ui/Status";
import { useSend } from "../parts/Act";
import { FeedbackCard } from "./FeedbackCard";

/** Drafts of feedback that wait to be released. Nothing reaches a student before that. */
export function Queue({ stepId, task }: { stepId: string; task: Task }) {
  const lesson = useLesson();
  const { send, sent } = useSend();
  const [read, setRead] = useState<ReadonlySet<string>>(new Set());
  const list = pendingFeedback(lesson, stepId);
  const ready = list.map(([id]) => id).filter((id) => read.has(id));
  if (list.length === 0) return null;
  const tick = (id: string, on: boolean) => {
    const next = new Set(read);
    if (on) next.add(id);
    else next.delete(id);
    setRead(next);
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
            {w().work.releaseRead(ready.length)}
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
          read={read.has(id)}
          onRead={(on) => tick(id, on)}
        />
      ))}
    </section>
  );
}
