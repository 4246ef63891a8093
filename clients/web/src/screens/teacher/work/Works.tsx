import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import { TaskPanel } from "./TaskPanel";

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
