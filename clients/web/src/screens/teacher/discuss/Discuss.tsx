import { useState } from "preact/hooks";
import { secondsUntil } from "../../../connection/clock";
import { inLanguage, say, t } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import type { Pace, Step } from "../../../protocol/types";
import { AgainIn } from "../../../ui/AgainIn";
import { AiBadge, aiMark } from "../../../ui/AiBadge";
import { Picture } from "../../../ui/Picture";
import { Rich } from "../../../ui/Rich";
import { Act } from "../parts/Act";
import { Candidate, PromptFacts } from "./Candidate";
import { Ideas } from "./Ideas";
import { Teams } from "./Teams";

/** A discussion: the task for the class, its teams, their ideas. */
export function Discuss({ stepId, step, pace }: { stepId: string; step: Step; pace: Pace }) {
  return (
    <section class="stack" data-testid="discuss">
      {step.hasPrompts && <Task stepId={stepId} pace={pace} />}
      <Teams />
      <Ideas stepId={stepId} />
    </section>
  );
}

function Task({ stepId, pace }: { stepId: string; pace: Pace }) {
  const lesson = useLesson();
  const prompts = lesson.store.one("prompts", stepId);
  const picked = lesson.store.one("prompt", stepId);
  const [choosing, setChoosing] = useState(false);
  const list = prompts?.status === "proposed" && (!picked || choosing);
  return (
    <>
      {picked && (
        <section class="card stack picked-prompt" {...aiMark(picked.provenance)}>
          <div class="row apart">
            <span class="small muted">{w().discuss.picked}</span>
            <AiBadge source={picked.provenance} edited={picked.edited} editedBy={picked.editedBy} />
          </div>
          <Rich text={inLanguage(picked.prompt.question)} heading="h3" />
          <Picture image={picked.prompt.image} class="aside" />
          <PromptFacts p={picked.prompt} />
          {prompts?.status === "proposed" && !choosing && (
            <div>
              <button type="button" class="btn quiet compact" onClick={() => setChoosing(true)}>
                {w().discuss.other}
              </button>
            </div>
          )}
        </section>
      )}
      {prompts?.status === "requested" && (
        <p class="card muted" role="status">
          {w().discuss.requested}
        </p>
      )}
      {prompts?.status === "failed" && (
        <p class="trouble" role="status">
          {w().discuss.failed} {say(prompts.failure ?? "unknown")} <AgainIn seconds={secondsUntil(prompts.againAt)} />
        </p>
      )}
      {list && prompts.provenance?.cause && (
        <p class="small muted">
          {w().explain.standsIn(say(prompts.provenance.cause))} <AgainIn seconds={secondsUntil(prompts.againAt)} />
        </p>
      )}
      {list && (
        <div class="candidates">
          {prompts.candidates.map((p) => (
            <Candidate key={p.id} stepId={stepId} p={p} provenance={prompts.provenance} onPicked={() => setChoosing(false)} />
          ))}
        </div>
      )}
      {prompts?.status !== "requested" && (!picked || choosing) && (
        <div class="row wrap">
          <Act
            name="RequestPrompts"
            fields={{ stepId }}
            {...(prompts ? { kind: "quiet" as const } : {})}
            disabled={prompts?.status === "failed" && secondsUntil(prompts.againAt) > 0}
            testid="request-prompts"
          >
            {prompts?.status === "proposed" ? w().discuss.more : prompts?.status === "failed" ? t().askAgain : w().discuss.request}
          </Act>
          {!pace.aiOn && <span class="small muted">{w().explain.aiOff}</span>}
        </div>
      )}
    </>
  );
}
