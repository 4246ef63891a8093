import { useEffect, useRef } from "preact/hooks";
import { secondsLeft, secondsUntil } from "../../connection/clock";
import { isLanguage, language as shown, t } from "../../i18n";
import { w } from "../../i18n/board";
import { useLesson } from "../../lesson/context";
import { showCode } from "../../lesson/joinCode";
import { minutesOf } from "../../lesson/time";
import type { Language, Pace, Prompt, StepHead, Trilingual } from "../../protocol/types";
import { AiBadge, aiMark } from "../../ui/AiBadge";
import { Timer } from "../../ui/parts";
import { RehearsalMark } from "../../ui/RehearsalMark";
import { Rich } from "../../ui/Rich";
import { Fit } from "./Fit";
import { isTimed, type Scene, sceneOf } from "./Live";

/** The other group of a combined class at the side of the board: what it works at, in its own language, and the time left. A press makes it the large one.
 *  @param follows somebody at the board has chosen its language: then it is this group's too
 *  @param takesFocus the groups were swapped: the press that swaps them back stands here now */
export function GroupPanel({ follows, takesFocus, onSwap }: { follows?: boolean; takesFocus?: boolean; onSwap: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (takesFocus) button.current?.focus({ preventScroll: true });
  }, []);
  const lesson = useLesson();
  const plan = lesson.store.one("plan");
  const pace = lesson.store.one("pace");
  if (!plan || !pace) return null;
  const tongue = pace.boardVariant.slice(0, 2);
  const language = isLanguage(tongue) && !follows ? tongue : shown.value;
  const step = plan.steps.find((s) => s.id === pace.stepId);
  const scene = pace.phase === "live" && pace.stepId ? sceneOf(lesson, pace.stepId) : undefined;
  const left = scene && leftOf(scene, step, pace);
  return (
    <aside class="group-panel" lang={language} aria-label={plan.className} data-testid="group-panel">
      <header>
        <h2>
          <RehearsalMark on={plan.rehearsal} /> {plan.className}
        </h2>
        <span class="muted">{(step?.title ?? plan.title)[language]}</span>
        {left !== undefined && (
          <b class={`left ${left > 0 ? "" : "over"}`}>{left > 0 ? <Timer left={() => left} /> : t(language).timeOver}</b>
        )}
      </header>
      {scene ? (
        <Work scene={scene} language={language} />
      ) : (
        <div class="card work gathers">
          <span class="muted">{plan.joinCode && !pace.locked ? w(language).gathers : w(language).lobby.closed}</span>
          {plan.joinCode && !pace.locked && <b class="code">{showCode(plan.joinCode)}</b>}
          <span>{t(language).joined(pace.joined)}</span>
        </div>
      )}
      <button
        type="button"
        class="swap"
        ref={button}
        aria-label={w().enlarge(plan.className)}
        title={w().enlarge(plan.className)}
        onClick={onSwap}
        data-testid="swap"
      />
    </aside>
  );
}

/** Seconds of the one clock that this group has when it is the large one: the question's, the discussion's, else the step's. */
function leftOf(scene: Scene, step: StepHead | undefined, pace: Pace): number | undefined {
  const { main, prompt } = scene;
  if (main.kind === "question" && main.q.endsAt) return secondsUntil(main.q.endsAt);
  if (isTimed(scene)) return prompt && secondsLeft(prompt.pickedAt, minutesOf(prompt));
  return step && pace.stepStartedAt ? secondsLeft(pace.stepStartedAt, step.minutes + (pace.minutesAdded ?? 0)) : undefined;
}

/** The open question, the discussion or the task; else what the step says. */
function Work({ scene: { stepId, main, prompt }, language }: { scene: Scene; language: Language }) {
  const step = useLesson().store.one("step", stepId);
  const said = (text: Trilingual | undefined) => text?.[language] ?? "";
  if (main.kind === "question") return <Said kind={w(language).question} text={said(main.q.text)} />;
  if (main.kind === "prompt" && prompt) return <Said kind={w(language).talk} text={said(prompt.prompt.question)} prompt={prompt} />;
  return <Said text={said(step?.task?.text ?? step?.board)} />;
}

function Said({ kind, text, prompt }: { kind?: string; text: string; prompt?: Prompt }) {
  return (
    <div class="card work" {...(prompt ? aiMark(prompt.provenance) : {})}>
      {(kind || prompt) && (
        <div class="about">
          {prompt && <AiBadge source={prompt.provenance} edited={prompt.edited} still />}
          {kind && <span class="pill sky">{kind}</span>}
        </div>
      )}
      <Fit largest={56} smallest={26} of={text}>
        <Rich text={text} />
      </Fit>
    </div>
  );
}
