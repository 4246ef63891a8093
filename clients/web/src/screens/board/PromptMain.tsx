import { secondsLeft } from "../../connection/clock";
import { inLanguage, t } from "../../i18n";
import { w } from "../../i18n/board";
import { useLesson } from "../../lesson/context";
import { minutesOf } from "../../lesson/time";
import type { Prompt } from "../../protocol/types";
import { AiBadge, aiMark } from "../../ui/AiBadge";
import { Picture } from "../../ui/Picture";
import { Timer } from "../../ui/parts";
import { formulas, Rich } from "../../ui/Rich";
import { MoreTime } from "./BoardHeader";
import { Fit } from "./Fit";

type Props = { prompt: Prompt; stepId: string; mayDraw: boolean };

/** The discussion task at large: the question, what to make, the time left. */
export function PromptMain({ prompt, stepId, mayDraw }: Props) {
  const p = prompt.prompt;
  return (
    <section class={`card slab main talking ${p.image ? "pictured" : ""}`} {...aiMark(prompt.provenance)}>
      <div class="about">
        <AiBadge source={prompt.provenance} edited={prompt.edited} still />
        <span>{w().talk}</span>
      </div>
      <div class="spread">
        <Fit largest={60} smallest={32} of={inLanguage(p.question)}>
          <Rich text={inLanguage(p.question)} heading="h2" />
          <p class="make">
            <b>{w().make}: </b>
            {formulas(inLanguage(p.make))}
          </p>
        </Fit>
        <Picture image={p.image} />
      </div>
      <PromptFoot prompt={prompt} stepId={stepId} mayDraw={mayDraw} />
    </section>
  );
}

export function PromptFoot({ prompt, stepId, mayDraw, isStill }: Props & { isStill?: boolean }) {
  const teams = useLesson().store.all("team").size;
  return (
    <div class="row apart timing">
      <span>
        {teams > 0 && `${t().teams(teams)} · `}
        {t().minutes(minutesOf(prompt))}
      </span>
      {!isStill && (
        <span class="row">
          <b>
            <Timer left={() => secondsLeft(prompt.pickedAt, minutesOf(prompt))} />
          </b>
          {mayDraw && <MoreTime stepId={stepId} />}
        </span>
      )}
    </div>
  );
}
