import { secondsLeft } from "../../connection/clock";
import { isLanguage, language as shown, t } from "../../i18n";
import { w } from "../../i18n/board";
import { useLesson } from "../../lesson/context";
import { showCode } from "../../lesson/joinCode";
import type { Language, Prompt, Trilingual } from "../../protocol/types";
import { AiBadge, aiMark } from "../../ui/AiBadge";
import { Timer } from "../../ui/parts";
import { RehearsalMark } from "../../ui/RehearsalMark";
import { Rich } from "../../ui/Rich";
import { Fit } from "./Fit";
import { sceneOf } from "./Live";

/** The other group of a combined class at the side of the board: what it works at, in its own language, and the time left. A press makes it the large one.
 *  @param follows somebody at the board has chosen its language: then it is this group's too */
export function GroupPanel({ follows, onSwap }: { follows?: boolean; onSwap: () => void }) {
  const lesson = useLesson();
  const plan = lesson.store.one("plan");
  const pace = lesson.store.one("pace");
  if (!plan || !pace) return null;
  const tongue = pace.boardVariant.slice(0, 2);
  const language = isLanguage(tongue) && !follows ? tongue : shown.value;
  const step = plan.steps.find((s) => s.id === pace.stepId);
  const left = step && pace.stepStartedAt ? secondsLeft(pace.stepStartedAt, step.minutes + (pace.minutesAdded ?? 0)) : undefined;
  return (
    <aside class="group-panel" lang={language} aria-label={plan.className} data-testid="group-panel">
      <header>
        <h2>
          <RehearsalMark on={plan.rehearsal} /> {plan.className}
        </h2>
        <span class="muted">{(step?.title ?? plan.title)[language]}</span>
        {pace.phase === "live" && left !== undefined && (
          <b class={`left ${left > 0 ? "" : "over"}`}>{left > 0 ? <Timer left={() => left} /> : t(language).timeOver}</b>
        )}
      </header>
      {pace.phase === "live" && pace.stepId ? (
        <Work stepId={pace.stepId} language={language} />
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
        aria-label={w().enlarge(plan.className)}
        title={w().enlarge(plan.className)}
        onClick={onSwap}
        data-testid="swap"
      />
    </aside>
  );
}

/** The open question, the discussion or the task; else what the step says. */
function Work({ stepId, language }: { stepId: string; language: Language }) {
  const lesson = useLesson();
  const { main, prompt } = sceneOf(lesson, stepId);
  const step = lesson.store.one("step", stepId);
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
