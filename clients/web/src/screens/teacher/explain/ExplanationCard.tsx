import { useEffect, useState } from "preact/hooks";
import { uuid7 } from "../../../connection/ids";
import { inLanguage, say, t } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/selectors";
import type { ExplainMode, Explanation, Language, Level, Pace, Variant, VariantState } from "../../../protocol/types";
import { AiBadge, aiMark } from "../../../ui/AiBadge";
import { Button } from "../../../ui/parts";
import { Sentences, warmth } from "../../../ui/Sentences";
import { Act, Outcome, useSend } from "../parts/Act";

const ways: readonly ExplainMode[] = ["simpler", "life", "story", "steps"];
type Props = { id: string; e: Explanation; pace: Pace; busy: boolean; onAgain: () => void };

/** One explanation in its variants, with the heat of the class under its sentences. */
export function Told({ id, e, pace, busy, onAgain }: Props) {
  const lesson = useLesson();
  const [tab, setTab] = useState<Variant>();
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const v = e.variants.find((x) => x.variant === tab) ?? e.variants.find((x) => x.variant === e.boardVariant) ?? e.variants[0];
  const variant = v?.variant ?? e.boardVariant;
  useEffect(() => lesson.read(id, variant), [id, variant]);
  useEffect(() => setSelected(new Set()), [variant]);
  const told = lesson.texts.of(id, variant).value;
  const spots = (lesson.store.one("heat", id)?.spots ?? []).filter((s) => s.variant === variant);
  const heat = (n: number) => spots.find((s) => s.sentence === n)?.count ?? 0;
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
        {told.text !== "" && <AiBadge provenance={v?.provenance} />}
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
      <div lang={variant.slice(0, 2)} {...aiMark(v?.provenance)}>
        <Sentences
          told={told}
          running={running}
          heat={(n) => warmth(heat(n), pace.joined)}
          note={(n) => (heat(n) > 0 ? `${heat(n)}` : undefined)}
          mine={(n) => selected.has(n)}
          onPress={toggle}
          pressLabel={w().explain.press}
        />
      </div>
      {running && told.text === "" && <span class="muted">{w().explain.waiting}</span>}
      {v?.provenance?.cause && !broken && <p class="small muted">{w().explain.standsIn(say(v.provenance.cause))}</p>}
      {v && broken && (
        <Failed
          id={id}
          variant={variant}
          code={v.failure ?? "tutor-stopped"}
          some={told.text !== ""}
          busy={busy && e.status !== "running"}
        />
      )}
      {e.status === "running" ? (
        <div class="row">
          <Act name="StopExplanation" fields={{ explanationId: id }} kind="line" testid="stop-explanation">
            {w().explain.stop}
          </Act>
        </div>
      ) : told.text === "" ? null : (
        <Again
          id={id}
          e={e}
          variant={variant}
          selected={selected}
          hot={hotOf(spots)}
          busy={busy}
          onClear={() => setSelected(new Set())}
          onAgain={onAgain}
        />
      )}
    </section>
  );
}

const hotOf = (spots: readonly { sentence: number; count: number }[]): number | undefined =>
  spots.reduce<{ sentence: number; count: number } | undefined>((a, b) => (a && a.count >= b.count ? a : b), undefined)?.sentence;

const marks = { running: "…", finished: "✓", failed: "!", stopped: "■" } as const;
function VariantTab({ v, on, board, onClick }: { v: VariantState; on: boolean; board: boolean; onClick: () => void }) {
  const [language, level] = v.variant.split("-") as [Language, Level];
  return (
    <button
      type="button"
      role="tab"
      aria-selected={on}
      class={`pill variant ${on ? "sky" : ""} ${v.status === "failed" ? "hot" : ""}`}
      onClick={onClick}
      data-testid={`variant-${v.variant}`}
    >
      {t(language).ownShort} · {t().levels[level]}
      {board && <span class="muted">({w().head.board})</span>}
      <span aria-hidden="true">{marks[v.status]}</span>
    </button>
  );
}

type AgainProps = {
  id: string;
  e: Explanation;
  variant: Variant;
  selected: ReadonlySet<number>;
  hot: number | undefined;
  busy: boolean;
  onClear: () => void;
  onAgain: () => void;
};
function Again({ id, e, variant, selected, hot, busy, onClear, onAgain }: AgainProps) {
  const { send, sent } = useSend();
  const chosen = selected.size > 0 ? [...selected].sort((a, b) => a - b) : hot !== undefined ? [hot] : [];
  const again = (mode: ExplainMode) => {
    send("RequestExplanation", {
      explanationId: uuid7(),
      stepId: e.stepId,
      mode,
      of: id,
      ofVariant: variant,
      sentences: chosen,
      ...(e.preview ? { preview: true } : {}),
    });
    onAgain();
  };
  const what =
    selected.size > 0 ? w().explain.selected(selected.size) : hot !== undefined ? w().explain.hottest(hot + 1) : w().explain.whole;
  return (
    <div class="stack again">
      <span class="small muted">{what}</span>
      <div class="row wrap">
        {ways.map((mode, i) => (
          <Button
            key={mode}
            compact
            {...(i > 0 || chosen.length === 0 ? { kind: "quiet" as const } : {})}
            disabled={busy}
            onClick={() => again(mode)}
            data-testid={`again-${mode}`}
          >
            {w().explain.again[mode]}
          </Button>
        ))}
        {selected.size > 0 && (
          <Button kind="bare" compact onClick={onClear}>
            {w().explain.clear}
          </Button>
        )}
      </div>
      <Outcome sent={sent} />
    </div>
  );
}

type FailedProps = { id: string; variant: Variant; code: string; some: boolean; busy: boolean };
/** Why a variant broke off, and the two ways on: behind what came, or from its beginning. */
function Failed({ id, variant, code, some, busy }: FailedProps) {
  return (
    <div class="trouble stack" role="status" data-testid="broken">
      <span>{code === "tutor-stopped" ? w().explain.stopped : w().explain.failed(say(code))}</span>
      <div class="row wrap">
        {some && (
          <Act
            name="RetryExplanation"
            fields={{ explanationId: id, variant, continue: true }}
            kind="line"
            disabled={busy}
            testid="continue-explanation"
          >
            {w().explain.goOn}
          </Act>
        )}
        <Act
          name="RetryExplanation"
          fields={{ explanationId: id, variant, continue: false }}
          kind="line"
          disabled={busy}
          testid="retry-explanation"
        >
          {w().explain.anew}
        </Act>
      </div>
    </div>
  );
}
