import { useEffect, useRef, useState } from "preact/hooks";
import type { Sent } from "../../connection/outbox";
import { w as own } from "../../i18n/own";
import { w as p } from "../../i18n/photos";
import { w } from "../../i18n/student";
import { useLesson } from "../../lesson/context";
import { canHandIn, countWords, type Draft, draftOf, keepDraft, keptDraft, missing, saveIn } from "../../lesson/drafts";
import { goingOf, isPassing, photosOf } from "../../lesson/photos";
import type { Task, Work } from "../../protocol/types";
import { fits, Length } from "../../ui/Length";
import { Bar } from "../../ui/parts";
import { Confirm } from "../../ui/Sheet";
import { SentWord } from "../../ui/Status";
import { OwnPhotos } from "./OwnPhotos";

/** As the server takes them. */
const longest = { text: 8000, own: 1000, reflection: 1000, lines: 10, line: 300 };
const isShort = (d: Draft): boolean =>
  fits(d.text, longest.text) && fits(d.ownContribution, longest.own) && fits(d.reflection, longest.reflection) && sourcesFit(d.sources);

/**
 * @param studentId whose photos they are
 * @param keptAs whose draft it is on this device: of several, theirs together
 */
type Props = { studentId: string; keptAs: string; stepId: string; task: Task; work: Work | undefined; children?: string[] | undefined };

/** Writing: kept on the device with every key, sent a second after the last one (a long text more seldom). */
export function WorkEditor({ studentId, keptAs, stepId, task, work, children }: Props) {
  const lesson = useLesson();
  const [draft, setDraft] = useState<Draft>(() => keptDraft(keptAs, stepId) ?? draftOf(work));
  const [sent, setSent] = useState<Sent | undefined>();
  const latest = useRef(draft);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const savedAt = useRef<number | undefined>(undefined);

  const save = () => {
    clearTimeout(timer.current);
    timer.current = undefined;
    const now = latest.current;
    // Kept on the device; the field says by how much it is too long. A server would close the line over it.
    if (!isShort(now)) return setSent(undefined);
    savedAt.current = performance.now();
    const going = lesson.outbox.send(
      "SaveDraft",
      { stepId, ...now, sources: now.sources.filter((s) => s.trim() !== "") },
      `draft/${stepId}/${children?.join() ?? ""}`,
      children,
    );
    setSent(going);
    void going.done.then((reply) => {
      if (!reply.refusal && latest.current === now) keepDraft(keptAs, stepId, undefined);
    });
  };
  const change = (part: Partial<Draft>) => {
    latest.current = { ...latest.current, ...part };
    setDraft(latest.current);
    keepDraft(keptAs, stepId, latest.current);
    clearTimeout(timer.current);
    const since = savedAt.current === undefined ? undefined : performance.now() - savedAt.current;
    timer.current = setTimeout(save, saveIn(latest.current, since));
  };
  useEffect(() => {
    if (keptDraft(keptAs, stepId)) save();
    const flush = () => timer.current !== undefined && save();
    addEventListener("pagehide", flush);
    return () => {
      removeEventListener("pagehide", flush);
      flush();
    };
  }, []);

  const words = countWords(draft.text);
  const photos = photosOf(lesson, studentId, stepId).length;
  const lacks = missing(task, draft, photos);
  // Handed in without it, it would be lost.
  const isSending = goingOf(lesson, studentId, stepId).some((g) => !g.refusal || isPassing(g.refusal));
  return (
    <section class="card stack editor">
      <Field
        label={w().work.text}
        hint={w().work.textHint}
        rows={8}
        max={longest.text}
        value={draft.text}
        onType={(text) => change({ text })}
      />
      {task.minOwnWords > 0 && <Bar share={words / task.minOwnWords} tone={words >= task.minOwnWords ? "ok" : undefined} />}
      <div class="row apart">
        <span class="small muted">{w().work.count(words, task.minOwnWords)}</span>
        <SentWord sent={sent} />
      </div>
      <OwnPhotos studentId={studentId} stepId={stepId} children={children} />
      {task.aiPolicy !== "none" && (
        <Field
          label={w().work.own}
          hint={w().work.ownHint}
          rows={3}
          max={longest.own}
          value={draft.ownContribution}
          onType={(x) => change({ ownContribution: x })}
        />
      )}
      {task.asksReflection && (
        <Field
          label={w().work.reflection}
          hint={w().work.reflectionHint}
          rows={3}
          max={longest.reflection}
          value={draft.reflection}
          onType={(x) => change({ reflection: x })}
        />
      )}
      {task.asksSources && (
        <Field
          label={w().work.sources}
          hint={w().work.sourcesHint}
          rows={2}
          max={longest.lines * longest.line}
          value={draft.sources.join("\n")}
          onType={(x) => change({ sources: x.split("\n") })}
        />
      )}
      {!sourcesFit(draft.sources) && (
        <p class="small refused" role="status" data-testid="sources-too-long">
          {own().sourcesMost(longest.lines, longest.line)}
        </p>
      )}
      {lacks && (
        <p class="small muted" data-testid="lacks">
          {canHandIn(lacks, draft, photos) ? w().work.lacks : w().work.needs}:{" "}
          {[
            lacks.words > 0 && w().work.missing.words(lacks.words),
            lacks.own && w().work.missing.own,
            lacks.reflection && w().work.missing.reflection,
            lacks.sources && w().work.missing.sources,
          ]
            .filter(Boolean)
            .join(", ")}
        </p>
      )}
      {isSending && <p class="small muted">{p().waitFor}</p>}
      {canHandIn(lacks, draft, photos) && (
        <Confirm
          disabled={!isShort(draft) || isSending}
          label={w().work.handIn}
          ask={lacks ? w().work.handInShort(lacks.words) : w().work.handInAsk}
          yes={w().work.handIn}
          onYes={() => {
            save();
            lesson.outbox.send("HandIn", { stepId }, undefined, children);
          }}
        />
      )}
    </section>
  );
}

/** As the server takes them: what is more is said, and nothing is cut. */
const sourcesFit = (sources: readonly string[]): boolean =>
  sources.filter((s) => s.trim() !== "").length <= longest.lines && sources.every((s) => fits(s, longest.line));

type FieldProps = { label: string; hint: string; rows: number; max: number; value: string; onType: (text: string) => void };

function Field({ label, hint, rows, max, value, onType }: FieldProps) {
  return (
    <label class="stack tight">
      {label}
      <textarea rows={rows} placeholder={hint} value={value} onInput={(e) => onType(e.currentTarget.value)} />
      <Length text={value} max={max} />
    </label>
  );
}
