import { useEffect, useRef } from "preact/hooks";
import { inLanguage, t } from "../../i18n";
import { w } from "../../i18n/teacher";
import type { Pace, Plan, StepHead } from "../../protocol/types";
import { Icon } from "../../ui/icons";
import { Outcome } from "../../ui/Status";
import { useSend } from "./parts/Act";

type Props = { plan: Plan; pace: Pace; looking: string | undefined; onLook: (stepId: string) => void };

/** The plan; before the lesson a press shows the step, in a live lesson a press on a step takes the class there. */
export function PlanColumn({ plan, pace, looking, onLook }: Props) {
  const { send, sent } = useSend();
  const now = plan.steps.findIndex((s) => s.id === pace.stepId);
  const live = pace.phase === "live";
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const show = () => {
      const on = list.current?.querySelector<HTMLElement>(".on");
      if (on && list.current && list.current.scrollWidth > list.current.clientWidth) list.current.scrollLeft = on.offsetLeft - 16;
    };
    show();
    // A phone that is turned, a window made narrow.
    addEventListener("resize", show);
    return () => removeEventListener("resize", show);
  }, [pace.stepId]);
  return (
    <nav class="plan" aria-label={w().head.plan}>
      <span class="small muted plan-title">
        {w().head.plan} · {t().minutes(plan.minutes)}
      </span>
      {/* Over, its steps cannot be pressed: the keys reach the list itself, which scrolls on a phone. */}
      <ol class="plain" ref={list} {...(pace.phase === "ended" ? { tabIndex: 0 } : {})}>
        {plan.steps.map((s, i) => (
          <li key={s.id}>
            <StepRow
              step={s}
              index={i}
              state={pace.phase === "ended" || i < now ? "done" : i === now ? "on" : ""}
              looked={looking === s.id}
              idle={pace.phase === "ended"}
              onGo={() => {
                if (!live) onLook(s.id);
                else if (i !== now) send("GoToStep", { stepId: s.id }, "step");
              }}
            />
          </li>
        ))}
      </ol>
      <Outcome sent={sent} />
    </nav>
  );
}

type RowProps = { step: StepHead; index: number; state: "done" | "on" | ""; looked: boolean; idle: boolean; onGo: () => void };
function StepRow({ step, index, state, looked, idle, onGo }: RowProps) {
  return (
    <button
      type="button"
      class={`step ${state} ${looked ? "looked" : ""}`}
      disabled={idle}
      aria-current={state === "on" ? "step" : undefined}
      onClick={onGo}
      data-testid={`step-${step.id}`}
    >
      <i>{state === "done" ? <Icon name="check" size={16} /> : index + 1}</i>
      <span class="stack tight">
        <span class="title">{inLanguage(step.title)}</span>
        <span class="kind">
          {t().kinds[step.kind]}
          {!step.devices && step.kind !== "unplugged" && ` · ${w().home.unplugged}`}
        </span>
      </span>
      <span class="minutes">{step.minutes}′</span>
    </button>
  );
}
