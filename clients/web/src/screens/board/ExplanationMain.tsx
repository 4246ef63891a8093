import { useEffect, useState } from "preact/hooks";
import { inLanguage, say, t } from "../../i18n";
import { w } from "../../i18n/board";
import { useLesson } from "../../lesson/context";
import { sourceOf } from "../../lesson/explanations";
import { heatOf } from "../../lesson/heat";
import { sentences } from "../../lesson/texts";
import type { Explanation, Language, Level } from "../../protocol/types";
import { AiBadge, aiMark } from "../../ui/AiBadge";
import { Picture } from "../../ui/Picture";
import { Sentences } from "../../ui/Sentences";
import { Fit } from "./Fit";
import { RoomLost } from "./RoomCounts";

/** The explanation as it streams, in the board's variant; sentences glow where the class is lost, with how many. Nothing of that moves a word: ink may lie over them. */
export function ExplanationMain({ id, explanation: e }: { id: string; explanation: Explanation }) {
  const lesson = useLesson();
  // The words keep their size for the last row; a press makes the picture as large as the panel.
  const [large, setLarge] = useState(false);
  const variant = e.boardVariant;
  useEffect(() => lesson.read(id, variant), [lesson, id, variant]);
  const state = e.variants.find((v) => v.variant === variant);
  const text = lesson.texts.of(e.number, variant).value;
  const source = sourceOf(lesson, state?.provenance, text);
  const running = state?.status === "running";
  const heat = lesson.store.one("heat", id);
  const spots = (heat?.spots ?? []).filter((s) => s.variant === variant);
  const spotOf = (s: number) => spots.find((x) => x.sentence === s);
  const lost = (s: number) => spotOf(s)?.count ?? 0;
  return (
    <section
      class={`card main telling ${e.image ? "pictured" : ""} ${large ? "enlarged" : ""}`}
      lang={variant.slice(0, 2)}
      {...aiMark(source, text.text)}
    >
      <div class="about">
        {text.text !== "" && <AiBadge source={source} still />}
        <span class="pill sky">{t().levels[variant.slice(3) as Level]}</span>
        <span class="muted">{inLanguage(e.topic)}</span>
        {heat?.wholeByHand !== undefined && <span class="pill warn">{w().lostByHand(heat.wholeByHand)}</span>}
        <RoomLost />
      </div>
      <div class="spread">
        <Fit largest={92} smallest={36} grows={running} of={`${id} ${variant}`}>
          <Sentences
            sentences={sentences(text)}
            lang={variant.slice(0, 2) as Language}
            running={running}
            cut={state?.status === "stopped" || state?.status === "failed"}
            heat={(s) => heatOf(lost(s), spotOf(s)?.readers ?? 0)}
            note={(s) => (lost(s) > 0 ? `${lost(s)}` : undefined)}
            noteLabel={(s) => w().lost(lost(s))}
          />
          {state?.failure && <p class="muted note">{say(state.failure)}</p>}
        </Fit>
        {e.image && (
          <button
            type="button"
            class="enlarge"
            aria-expanded={large}
            aria-label={large ? w().pictureSmall : w().pictureLarge}
            onClick={() => setLarge(!large)}
            data-testid="enlarge-picture"
          >
            <Picture image={e.image} />
          </button>
        )}
      </div>
    </section>
  );
}
