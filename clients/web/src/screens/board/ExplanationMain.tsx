import { useEffect, useRef } from "preact/hooks";
import { inLanguage, say, t } from "../../i18n";
import { useLesson } from "../../lesson/context";
import { sourceOf } from "../../lesson/explanations";
import { heatOf } from "../../lesson/heat";
import { sentences } from "../../lesson/texts";
import type { Explanation, Level } from "../../protocol/types";
import { AiBadge, aiMark } from "../../ui/AiBadge";
import { Sentences } from "../../ui/Sentences";

/** The explanation as it streams, in the board's variant; sentences glow where the class is lost. */
export function ExplanationMain({ id, explanation: e }: { id: string; explanation: Explanation }) {
  const lesson = useLesson();
  const variant = e.boardVariant;
  useEffect(() => lesson.read(id, variant), [lesson, id, variant]);
  const state = e.variants.find((v) => v.variant === variant);
  const text = lesson.texts.of(e.number, variant).value;
  const source = sourceOf(lesson, state?.provenance, text);
  const running = state?.status === "running";
  const spots = (lesson.store.one("heat", id)?.spots ?? []).filter((s) => s.variant === variant);
  const joined = lesson.store.one("pace")?.joined ?? 0;
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // A long text is followed to its end; a hand may scroll back.
    if (running) body.current?.scrollTo({ top: body.current.scrollHeight });
  }, [text.text.length, running]);
  return (
    <section class="card main telling" lang={variant.slice(0, 2)} {...aiMark(source, text.text)}>
      <div class="about">
        {text.text !== "" && <AiBadge source={source} still />}
        <span class="pill sky">{t().levels[variant.slice(3) as Level]}</span>
        <span class="muted">{inLanguage(e.topic)}</span>
      </div>
      <div class="body" ref={body}>
        <Sentences
          sentences={sentences(text)}
          running={running}
          heat={(s) => heatOf(spots.find((x) => x.sentence === s)?.count ?? 0, joined)}
        />
        {state?.failure && <p class="muted note">{say(state.failure)}</p>}
      </div>
    </section>
  );
}
