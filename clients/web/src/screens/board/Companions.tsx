import { inLanguage } from "../../i18n";
import { w } from "../../i18n/board";
import { useLesson } from "../../lesson/context";
import type { ImagePlan, Prompt, Trilingual } from "../../protocol/types";
import { AiBadge, aiMark } from "../../ui/AiBadge";
import { Icon } from "../../ui/icons";
import { Picture } from "../../ui/Picture";
import { Rich } from "../../ui/Rich";
import { Theirs } from "../../ui/Theirs";
import { Fit } from "./Fit";
import { Paged } from "./Paged";
import { PromptFoot } from "./PromptMain";

type Slab = {
  prompt: Prompt;
  stepId: string;
  mayDraw: boolean;
  /** Its clock steps back: the question beside it has one. */
  isStill: boolean;
};

export function PromptSlab({ prompt, stepId, mayDraw, isStill }: Slab) {
  return (
    <aside class="card slab side" {...aiMark(prompt.provenance)}>
      <div class="about">
        <AiBadge source={prompt.provenance} edited={prompt.edited} still />
        <span>{w().talk}</span>
      </div>
      <Fit class="ask" largest={52} smallest={32} of={inLanguage(prompt.prompt.question)}>
        <Rich text={inLanguage(prompt.prompt.question)} heading="h2" />
      </Fit>
      <PromptFoot prompt={prompt} stepId={stepId} mayDraw={mayDraw} isStill={isStill} />
    </aside>
  );
}

/** Shared ideas, most votes first. */
export function Ideas({ stepId }: { stepId: string }) {
  const ideas = [...useLesson().store.all("contribution")]
    .filter(([, c]) => c.stepId === stepId && !c.hidden)
    .sort(([, a], [, b]) => b.votes - a.votes || Date.parse(a.at) - Date.parse(b.at));
  return (
    <aside class="card side">
      <h2>{w().ideas}</h2>
      <Paged items={ideas} keyOf={([id]) => id}>
        {([, c]) => (
          <div class="idea row">
            <span class="votes">
              <Icon name="up" size={22} />
              {c.votes}
            </span>
            <p>
              <Theirs>{c.text}</Theirs>
            </p>
          </div>
        )}
      </Paged>
    </aside>
  );
}

/** Why the answer is right, once it is shown. */
export function Why({ text, image }: { text: Trilingual; image: ImagePlan | undefined }) {
  return (
    <aside class="card ok side why">
      <h2>{w().why}</h2>
      <Fit largest={44} smallest={28} of={inLanguage(text)}>
        <Rich text={inLanguage(text)} heading="p" />
      </Fit>
      <Picture image={image} />
    </aside>
  );
}
