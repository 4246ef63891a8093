import { minutesSince } from "../../connection/clock";
import { inLanguage, t } from "../../i18n";
import { w } from "../../i18n/teacher";
import { useLesson } from "../../lesson/context";
import { explanationsOf } from "../../lesson/explanations";
import type { Pace, Plan, Step, StepHead } from "../../protocol/types";
import { Ask } from "./ask/Ask";
import { Discuss } from "./discuss/Discuss";
import { Explain } from "./explain/Explain";
import { Act } from "./parts/Act";
import { Notes } from "./parts/Notes";
import { Policy } from "./work/Policy";
import { TaskPanel } from "./work/TaskPanel";

type Part = "explain" | "ask" | "discuss" | "make";
const first: Record<StepHead["kind"], Part> = {
  explain: "explain",
  ask: "ask",
  discuss: "discuss",
  make: "make",
  reflect: "ask",
  unplugged: "discuss",
};

/** The running step: what it is for comes first, everything else a teacher may need stays at hand below. */
export function StepPanel({ plan, pace }: { plan: Plan; pace: Pace }) {
  const lesson = useLesson();
  const at = plan.steps.findIndex((s) => s.id === pace.stepId);
  const head = plan.steps[at];
  const step = lesson.store.one("step", pace.stepId ?? "");
  if (!head || !step) return null;
  const next = plan.steps[at + 1];
  const parts = partsOf(step, head).sort((a, b) => Number(b === first[head.kind]) - Number(a === first[head.kind]));
  const calm = explanationsOf(lesson, head.id).length === 0 && !step.topics?.length;
  return (
    <>
      <div class="row apart step-head">
        <div class="stack tight">
          <h2>{inLanguage(head.title)}</h2>
          <span class="small muted">
            {t().kinds[head.kind]}
            {head.devices ? ` · ${w().step.devices}` : head.kind !== "unplugged" && ` · ${w().step.unplugged}`}
            {pace.stepStartedAt && <StepTime since={pace.stepStartedAt} minutes={head.minutes + (pace.minutesAdded ?? 0)} />}
          </span>
        </div>
        <span class="row">
          {pace.phase === "live" && (
            <Act name="AddMinute" fields={{ stepId: head.id }} kind="quiet" testid="add-minute">
              {w().step.minute}
            </Act>
          )}
          {next ? (
            <Act name="GoToStep" fields={{ stepId: next.id }} kind="line" testid="next-step">
              {w().step.next} →
            </Act>
          ) : (
            <span class="muted small">{w().step.last}</span>
          )}
        </span>
      </div>
      {parts.map((part) =>
        part === "explain" ? (
          <Explain key={part} stepId={head.id} step={step} pace={pace} folded={calm} />
        ) : part === "ask" ? (
          <Ask key={part} stepId={head.id} step={step} />
        ) : part === "discuss" ? (
          <Discuss key={part} stepId={head.id} step={step} pace={pace} />
        ) : (
          <TaskPanel key={part} stepId={head.id} />
        ),
      )}
      {!step.task && head.devices && step.aiPolicy && (
        <section class="card stack">
          <Policy stepId={head.id} policy={step.aiPolicy} live={pace.phase === "live"} />
        </section>
      )}
      <Notes step={step} />
    </>
  );
}

function partsOf(step: Step, head: StepHead): Part[] {
  const list: Part[] = [];
  if (step.task) list.push("make");
  if (step.hasPrompts || head.kind === "discuss") list.push("discuss");
  if (step.topics?.length) list.push("explain", "ask");
  else list.push("ask", "explain");
  return list;
}

function StepTime({ since, minutes }: { since: string; minutes: number }) {
  const passed = minutesSince(since);
  return (
    <span class={passed > minutes ? "late" : ""}>
      {" · "}
      {passed > minutes ? w().step.over(passed - minutes) : w().step.of(passed, minutes)}
    </span>
  );
}
