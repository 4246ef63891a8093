import { w } from "../../../i18n/teacher";
import type { Lesson } from "../../../lesson/lesson";
import { useLesson } from "../../../lesson/selectors";
import type { Feedback } from "../../../protocol/types";
import { byTime } from "../parts/model";
import { TaskPanel } from "./TaskPanel";

/** Drafts of feedback that wait for the teacher's yes. */
export function pending(lesson: Lesson, stepId?: string): [string, Feedback][] {
  const handed = (f: Feedback) => lesson.store.one("work", `${f.studentId}/${f.stepId}`)?.handedInAt;
  return [...lesson.store.all("feedback")]
    .filter(([, f]) => f.status === "draft" && (stepId === undefined || f.stepId === stepId))
    .sort(([, a], [, b]) => byTime(handed(a), handed(b)) || 0);
}

/** Written work of all steps that have a task. */
export function Works() {
  const lesson = useLesson();
  const steps = (lesson.store.one("plan")?.steps ?? []).filter((s) => lesson.store.one("step", s.id)?.task);
  if (steps.length === 0) return <p class="card muted">{w().work.none}</p>;
  return (
    <>
      {steps.map((s) => (
        <TaskPanel key={s.id} stepId={s.id} />
      ))}
    </>
  );
}
