import { useEffect, useRef, useState } from "preact/hooks";
import { inTab } from "../../../device/kept";
import { inLanguage, say } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import { explanationsOf } from "../../../lesson/explanations";
import { uuid7 } from "../../../protocol/ids";
import type { Pace, Step } from "../../../protocol/types";
import { Button } from "../../../ui/parts";
import { Outcome } from "../../../ui/Status";
import { useSend } from "../parts/Act";
import { askedByStudent } from "./askedByStudent";
import { ExplanationCard } from "./ExplanationCard";

/** Explanations of a step: the last one with its heat, and what can be explained next. */
export function Explain({ stepId, step, pace, folded }: { stepId: string; step: Step; pace: Pace; folded: boolean }) {
  const lesson = useLesson();
  const all = explanationsOf(lesson, stepId);
  const [looking, setLooking] = useState<string>();
  const last = all.at(-1);
  const shown = all.find(([id]) => id === looking) ?? last;
  const running = last?.[1].status === "running";
  const body = (
    <>
      {shown && (
        <ExplanationCard key={shown[0]} id={shown[0]} e={shown[1]} pace={pace} busy={running} onAgain={() => setLooking(undefined)} />
      )}
      {all.length > 1 && (
        <div class="row wrap small" role="group" aria-label={w().explain.earlier}>
          <span class="muted">{w().explain.earlier}:</span>
          {all.map(([id, e], i) => (
            <button
              type="button"
              key={id}
              class={`pill ${id === shown?.[0] ? "sky" : ""}`}
              aria-pressed={id === shown?.[0]}
              onClick={() => setLooking(id === last?.[0] ? undefined : id)}
            >
              {i + 1}. {short(inLanguage(e.topic))}
              {e.mode !== "plain" && ` · ${w().explain.modes[e.mode]}`}
            </button>
          ))}
        </div>
      )}
      <Request stepId={stepId} step={step} aiOn={pace.aiOn} busy={running} onSent={() => setLooking(undefined)} />
    </>
  );
  if (folded) {
    return (
      <details class="card fold">
        <summary>{w().explain.title}</summary>
        <div class="stack">{body}</div>
      </details>
    );
  }
  return (
    <section class="stack" data-testid="explain">
      {body}
    </section>
  );
}

const short = (text: string): string => (text.length > 28 ? `${text.slice(0, 27)}…` : text);

const kept = "ortaq.reads-first";
/** A teacher who reads first does so in the next step too. */
const readsFirst = (): boolean => inTab.get(kept) === "1";
const keepReadsFirst = (on: boolean): void => inTab.set(kept, on ? "1" : undefined);

type RequestProps = { stepId: string; step: Step; aiOn: boolean; busy: boolean; onSent: () => void };
function Request({ stepId, step, aiOn, busy, onSent }: RequestProps) {
  const { send, sent } = useSend();
  // Nothing is prepared for words of one's own.
  const hasAi = useLesson().modelWrites.value;
  const [words, setWords] = useState("");
  const [first, setFirst] = useState(readsFirst);
  const field = useRef<HTMLInputElement>(null);
  const ask = (what: { topicId?: string; words?: string }) => {
    send("RequestExplanation", {
      explanationId: uuid7(),
      stepId,
      mode: "plain",
      sentences: [],
      ...what,
      ...(first ? { preview: true } : {}),
    });
    onSent();
  };
  const asked = askedByStudent.value;
  useEffect(() => {
    if (asked === undefined) return;
    setWords(asked);
    askedByStudent.value = undefined;
    field.current?.closest("details")?.setAttribute("open", "");
    field.current?.scrollIntoView({ block: "center" });
    field.current?.focus();
  }, [asked]);
  return (
    <div class="card stack">
      <div class="row apart wrap">
        <h3>{w().explain.topics}</h3>
        <button
          type="button"
          class="switch ai small"
          role="switch"
          aria-checked={first}
          onClick={() => {
            setFirst(!first);
            keepReadsFirst(!first);
          }}
          data-testid="preview-switch"
        >
          <i />
          {w().explain.preview}
        </button>
      </div>
      {!!step.topics?.length && (
        <div class="row wrap">
          {step.topics.map((topic) => (
            <Button
              key={topic.id}
              kind="quiet"
              compact
              class="topic"
              disabled={busy}
              onClick={() => ask({ topicId: topic.id })}
              data-testid={`explain-topic-${topic.id}`}
            >
              {inLanguage(topic.topic)}
            </Button>
          ))}
        </div>
      )}
      {hasAi && (
        <form
          class="row"
          onSubmit={(e) => {
            e.preventDefault();
            ask({ words: words.trim() });
            setWords("");
          }}
        >
          <input
            type="text"
            maxLength={500}
            ref={field}
            aria-label={w().explain.words}
            placeholder={`${w().explain.words}: ${w().explain.wordsHint}`}
            value={words}
            onInput={(e) => setWords(e.currentTarget.value)}
            data-testid="explain-words"
          />
          <Button type="submit" compact disabled={busy || words.trim() === ""} data-testid="explain-go">
            {w().explain.go}
          </Button>
        </form>
      )}
      {!hasAi && <span class="muted small">{aiOn ? say("no-ai") : w().explain.aiOff}</span>}
      <Outcome sent={sent} />
    </div>
  );
}
