import { useEffect, useState } from "preact/hooks";
import { inLanguage } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import { sourceOf } from "../../../lesson/explanations";
import { heatOf, hottestOf } from "../../../lesson/heat";
import { sentences } from "../../../lesson/texts";
import type { Explanation, Language, Pace, Variant } from "../../../protocol/types";
import { AiBadge, aiMark } from "../../../ui/AiBadge";
import { Picture } from "../../../ui/Picture";
import { Sentences } from "../../../ui/Sentences";
import { Act } from "../parts/Act";
import { ExplainAgain } from "./ExplainAgain";
import { FailedVariant } from "./FailedVariant";
import { LostByHand } from "./LostByHand";
import { StoodIn } from "./StoodIn";
import { VariantTab } from "./VariantTab";

type Props = { id: string; e: Explanation; pace: Pace; busy: boolean; onAgain: () => void };

/** One explanation in its variants, with the heat of the class under its sentences. */
export function ExplanationCard({ id, e, pace, busy, onAgain }: Props) {
  const lesson = useLesson();
  const [tab, setTab] = useState<Variant>();
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const v = e.variants.find((x) => x.variant === tab) ?? e.variants.find((x) => x.variant === e.boardVariant) ?? e.variants[0];
  const variant = v?.variant ?? e.boardVariant;
  useEffect(() => lesson.read(id, variant), [id, variant]);
  useEffect(() => setSelected(new Set()), [variant]);
  const text = lesson.texts.of(e.number, variant).value;
  const source = sourceOf(lesson, v?.provenance, text);
  const spots = (lesson.store.one("heat", id)?.spots ?? []).filter((s) => s.variant === variant);
  const spotOf = (n: number) => spots.find((s) => s.sentence === n);
  const heat = (n: number) => spotOf(n)?.count ?? 0;
  const toggle = (n: number) => {
    const next = new Set(selected);
    if (!next.delete(n)) next.add(n);
    setSelected(next);
  };
  const running = v?.status === "running";
  const broken = v?.status === "failed" || v?.status === "stopped";
  return (
    <section class={`card stack told ${e.preview ? "preview" : ""}`}>
      {e.preview && (
        <div class="only-you row wrap" role="status" data-testid="preview-banner">
          <b class="grow">{w().explain.onlyYou}</b>
          <Act name="ReleaseExplanation" fields={{ explanationId: id }} testid="release-explanation">
            {w().explain.release}
          </Act>
        </div>
      )}
      <div class="row apart">
        <h3 class="topic-title">
          {inLanguage(e.topic)}
          {e.mode !== "plain" && <span class="muted"> · {w().explain.modes[e.mode]}</span>}
        </h3>
        {text.text !== "" && <AiBadge source={source} />}
      </div>
      {e.of && e.sentences.length > 0 && <span class="small muted">{w().explain.part}</span>}
      {e.variants.length > 1 && (
        <div class="row wrap" role="tablist">
          {e.variants.map((x) => (
            <VariantTab
              key={x.variant}
              v={x}
              on={x.variant === variant}
              board={x.variant === pace.boardVariant}
              onClick={() => setTab(x.variant)}
            />
          ))}
        </div>
      )}
      <Picture image={e.image} class="aside" />
      <div lang={variant.slice(0, 2)} {...aiMark(source, text.text)}>
        <Sentences
          sentences={sentences(text)}
          lang={variant.slice(0, 2) as Language}
          running={running}
          cut={v?.status === "stopped" || v?.status === "failed"}
          heat={(n) => heatOf(heat(n), spotOf(n)?.readers ?? 0)}
          note={(n) => (heat(n) > 0 ? `${heat(n)}` : undefined)}
          mine={(n) => selected.has(n)}
          onPress={toggle}
          pressLabel={w().explain.press}
        />
      </div>
      {!e.preview && text.text !== "" && (
        <LostByHand id={id} variant={variant} sentence={selected.size === 1 ? [...selected][0] : undefined} />
      )}
      {running && text.text === "" && <span class="muted">{w().explain.waiting}</span>}
      {v?.provenance?.cause && !broken && (
        <StoodIn
          id={id}
          v={v}
          cause={v.provenance.cause}
          busy={busy}
          alone={e.variants.some((x) => x.status === "failed" || x.status === "stopped")}
        />
      )}
      {v && broken && (
        <FailedVariant
          id={id}
          code={v.failure ?? "tutor-stopped"}
          some={text.text !== "" && v.status === "failed"}
          busy={busy && e.status !== "running"}
          againAt={v.againAt}
        />
      )}
      {v?.status === "finished" && v.provenance && v.provenance.provider !== "prepared" && lesson.modelWrites.value && (
        <Act
          name="RetryExplanation"
          fields={{ explanationId: id, variant, continue: false, discard: true }}
          kind="quiet"
          disabled={busy}
          ask={w().explain.badTextAsk}
          testid="discard-explanation"
        >
          {w().explain.badText}
        </Act>
      )}
      {e.status === "running" ? (
        <div class="row">
          <Act name="StopExplanation" fields={{ explanationId: id }} kind="line" testid="stop-explanation">
            {w().explain.stop}
          </Act>
        </div>
      ) : text.text === "" ? null : (
        <ExplainAgain
          id={id}
          e={e}
          variant={variant}
          selected={selected}
          hot={hottestOf(spots)?.sentence}
          busy={busy}
          onClear={() => setSelected(new Set())}
          onAgain={onAgain}
        />
      )}
    </section>
  );
}
