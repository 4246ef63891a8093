import { inLanguage } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import type { Task } from "../../../protocol/types";
import { formulas, Rich } from "../../../ui/Rich";
import { Queue } from "../feedback/Queue";
import { Policy } from "./Policy";
import { WorkList } from "./WorkList";

/** A task, the works on it, and the feedback on its way. */
export function TaskPanel({ stepId }: { stepId: string }) {
  const lesson = useLesson();
  const task = lesson.store.one("step", stepId)?.task;
  const phase = lesson.store.one("pace")?.phase;
  if (!task) return null;
  return (
    <section class="stack" data-testid={`task-${stepId}`}>
      <About stepId={stepId} task={task} live={phase === "live"} />
      <Queue stepId={stepId} task={task} />
      <WorkList stepId={stepId} task={task} />
    </section>
  );
}

function About({ stepId, task, live }: { stepId: string; task: Task; live: boolean }) {
  return (
    <section class="card stack">
      <h3>{inLanguage(task.title)}</h3>
      <details class="fold">
        <summary>
          {w().work.criteria} · {w().work.minWords(task.minOwnWords)}
        </summary>
        <div class="stack">
          <Rich text={inLanguage(task.text)} heading="p" class="pre" />
          {task.criteria.map((c) => (
            <div key={c.id}>
              <b>{inLanguage(c.title)}</b>
              <ul>
                {c.descriptors.map((d) => (
                  <li key={d.id}>{formulas(inLanguage(d.text))}</li>
                ))}
              </ul>
            </div>
          ))}
        </div>
      </details>
      <Policy stepId={stepId} policy={task.aiPolicy} live={live} />
    </section>
  );
}
