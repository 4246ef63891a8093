// Hands that a person counts: a row for each answer, with one more and one less. How large it stands is the stylesheet's of each screen.
import { useEffect, useRef, useState } from "preact/hooks";
import { inLanguage, t } from "../i18n";
import type { Question } from "../protocol/types";
import { inWords } from "./formula/find";
import { formulas } from "./Rich";
import { Theirs } from "./Theirs";

export type HandRow = { key: string; label: string };
export type Hands = { key: string; count: number }[];

/** As the server takes them. */
const longest = { open: 1000, wordCloud: 40 };

export const rowsOf = (q: Pick<Question, "kind" | "min" | "max" | "options">): HandRow[] =>
  q.kind === "scale"
    ? Array.from({ length: Math.max(0, q.max - q.min + 1) }, (_, i) => ({ key: `${q.min + i}`, label: `${q.min + i}` }))
    : q.options.map((o) => ({ key: o.id, label: inLanguage(o.text) }));

/** Of a word that is typed; undefined where there is something to choose from. */
export const longestOf = (q: Pick<Question, "kind">): number | undefined =>
  q.kind === "open" || q.kind === "wordCloud" ? longest[q.kind] : undefined;

/** Taps that follow each other go together. */
const quiet = 500;

type Props = {
  rows: readonly HandRow[];
  /** What is stored: it is gone on from, and followed while nobody taps here. */
  counts: Hands;
  /** At most so many for one answer. */
  most: number | undefined;
  /** The person may type answers of its own: the longest. */
  longest?: number | undefined;
  onCount: (counts: Hands) => { done: Promise<{ refusal?: unknown }> };
};

export function HandCount({ rows, counts, most, longest, onCount }: Props) {
  const [own, setOwn] = useState<Hands>(counts);
  const [word, setWord] = useState("");
  const latest = useRef(own);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const stored = useRef(counts);
  stored.current = counts;
  const going = useRef(0);
  const follow = () => {
    if (timer.current !== undefined || going.current > 0) return;
    latest.current = stored.current;
    setOwn(latest.current);
  };
  const say = () => {
    clearTimeout(timer.current);
    timer.current = undefined;
    const before = JSON.stringify(stored.current);
    going.current++;
    void onCount(latest.current.filter((h) => h.count > 0)).done.then((reply) => {
      going.current--;
      // Refused, what was is shown again; else what came of it, if that was here before the reply.
      if (reply.refusal || JSON.stringify(stored.current) !== before) follow();
    });
  };
  useEffect(follow, [JSON.stringify(counts)]);
  const saying = useRef(say);
  saying.current = say;
  // What was tapped last is not lost when the panel closes.
  useEffect(() => () => (timer.current === undefined ? undefined : saying.current()), []);
  const set = (key: string, count: number) => {
    const rest = latest.current.filter((h) => h.key !== key);
    latest.current = [...rest, { key, count: Math.max(0, Math.min(count, most ?? 300)) }];
    setOwn(latest.current);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => saying.current(), quiet);
  };
  const of = (key: string) => own.find((h) => h.key === key)?.count ?? 0;
  const typed =
    longest === undefined ? [] : own.filter((h) => !rows.some((r) => r.key === h.key)).map((h) => ({ key: h.key, label: h.key }));
  const isTyped = (row: HandRow) => !rows.includes(row);
  return (
    <div class="hand-count stack" data-testid="hand-count">
      {[...rows, ...typed].map((row) => (
        <div class="row apart" key={row.key}>
          <span class="grow">{isTyped(row) ? <Theirs>{row.label}</Theirs> : formulas(row.label)}</span>
          <span class="row nowrap steps">
            <button
              type="button"
              aria-label={`${inWords(row.label)}: ${t().oneLess}`}
              disabled={of(row.key) === 0}
              onClick={() => set(row.key, of(row.key) - 1)}
              data-testid={`less-${row.key}`}
            >
              −
            </button>
            <b data-testid={`hands-${row.key}`}>{of(row.key)}</b>
            <button
              type="button"
              aria-label={`${inWords(row.label)}: ${t().oneMore}`}
              disabled={of(row.key) >= (most ?? 300)}
              onClick={() => set(row.key, of(row.key) + 1)}
              data-testid={`more-${row.key}`}
            >
              +
            </button>
          </span>
        </div>
      ))}
      {longest !== undefined && (
        <form
          class="row"
          onSubmit={(e) => {
            e.preventDefault();
            const key = word.trim();
            if (key !== "" && key.length <= longest) set(key, of(key) + 1);
            setWord("");
          }}
        >
          <input
            type="text"
            class="grow"
            aria-label={t().wordByHand}
            placeholder={t().wordByHand}
            value={word}
            onInput={(e) => setWord(e.currentTarget.value)}
          />
          <button type="submit" class="btn quiet compact" disabled={word.trim() === "" || word.trim().length > longest}>
            +
          </button>
        </form>
      )}
    </div>
  );
}
