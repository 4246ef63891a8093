import { useEffect, useState } from "preact/hooks";
import { inLanguage, t } from "../../i18n";
import { w } from "../../i18n/student";
import { useLesson } from "../../lesson/context";
import { sourceOf, variantOf } from "../../lesson/explanations";
import { together } from "../../lesson/phone";
import { sentences } from "../../lesson/texts";
import type { Explanation, Language, Variant } from "../../protocol/types";
import { AiBadge, aiMark } from "../../ui/AiBadge";
import { Button } from "../../ui/parts";
import { Sentences } from "../../ui/Sentences";
import { Described } from "./Described";
import { listen } from "./laterParts";
import { jump, listening } from "./listening";
import { picking } from "./Nav";

/** The explanations of the step; the newest is open, earlier ones can be read again. */
export function ReadView({ explanations }: { explanations: [string, Explanation][] }) {
  const [again, setAgain] = useState<string | undefined>();
  const newest = explanations.at(-1);
  useEffect(() => setAgain(undefined), [newest?.[0]]);
  const shown = explanations.find(([id]) => id === again) ?? newest;
  if (!shown) return null;
  return (
    <>
      <ExplanationText key={shown[0]} id={shown[0]} explanation={shown[1]} />
      {explanations.length > 1 && (
        <div class="row wrap" role="group" aria-label={w().read.earlier}>
          {explanations.map(([id], i) => (
            <Button key={id} compact kind={id === shown[0] ? "line" : "quiet"} aria-pressed={id === shown[0]} onClick={() => setAgain(id)}>
              {w().read.again(i + 1)}
            </Button>
          ))}
        </div>
      )}
    </>
  );
}

function ExplanationText({ id, explanation }: { id: string; explanation: Explanation }) {
  const lesson = useLesson();
  const me = lesson.store.one("me");
  const own = variantOf(me);
  const mine = explanation.variants.find((v) => v.variant === own);
  // Who came late, or changed language after the explanation began, reads their language at another level, else the board's text, and a line says so.
  const near = explanation.variants.find((v) => v.variant.startsWith(own.slice(0, 2)));
  const state = mine ?? near ?? explanation.variants.find((v) => v.variant === explanation.boardVariant) ?? explanation.variants[0];
  const variant: Variant = state?.variant ?? own;
  useEffect(() => lesson.read(id, variant), [lesson, id, variant]);
  const text = lesson.texts.of(explanation.number, variant).value;
  const source = sourceOf(lesson, state?.provenance, text);
  const list = sentences(text);
  const heard = listening.value?.id === id ? listening.value.sentence : undefined;
  const running = state?.status === "running";
  const pressed = (lesson.store.one("pressed", id)?.spots ?? []).filter((s) => s.variant === variant).map((s) => s.sentence);

  const press = (sentence: number) => {
    picking.value = false;
    const spot = { explanationId: id, variant, sentence };
    lesson.outbox.send(pressed.includes(sentence) ? "ReleaseConfusion" : "PressConfusion", spot, undefined, together(lesson));
  };
  return (
    <>
      <section class={`card stack reading ${picking.value ? "picking" : ""}`} lang={variant.slice(0, 2)} {...aiMark(source, text.text)}>
        <div class="row wrap">
          {text.text !== "" && <AiBadge source={source} />}
          <span class="muted small">{explanation.of ? w().read.of : inLanguage(explanation.topic)}</span>
        </div>
        {!mine && <p class="muted small">{w().read.otherVariant}</p>}
        <listen.Part key={`${variant}/${state?.epoch}`} id={id} variant={variant} epoch={state?.epoch ?? 1} sentences={list} />
        <Described image={explanation.image} />
        {text.text === "" && running && <p class="muted">{w().read.waiting}</p>}
        <Sentences
          sentences={list}
          lang={variant.slice(0, 2) as Language}
          running={running}
          cut={state?.status === "stopped" || state?.status === "failed"}
          mine={(s) => pressed.includes(s)}
          aloud={heard}
          onPress={
            heard === undefined
              ? press
              : (sentence) => {
                  jump.value = { sentence };
                }
          }
          pressLabel={heard === undefined ? w().read.sentence : undefined}
        />
        {state?.failure && <p class="muted small">{w().read.broken}</p>}
      </section>
      {picking.value && (
        <div class="card hot row floating" role="status">
          <b class="grow small">{w().lost.text}</b>
          <Button
            compact
            kind="quiet"
            onClick={() => {
              picking.value = false;
            }}
          >
            {t().cancel}
          </Button>
        </div>
      )}
      {!picking.value && pressed.length > 0 && (
        <div class="card hot row floating" role="status">
          <b class="grow small">{pressed.length === 1 ? w().read.pressed : w().read.pressedMany(pressed.length)}</b>
          <Button compact class="onCard" onClick={() => press(pressed.at(-1) ?? 0)}>
            {t().undo}
          </Button>
        </div>
      )}
      {!picking.value && pressed.length === 0 && text.sentenceEnds.length > 0 && <p class="muted small center">{w().read.press}</p>}
    </>
  );
}
