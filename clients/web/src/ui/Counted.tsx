// What a class answered, counted. How large it stands is the stylesheet's of each screen, which has `--share` (0..1) to measure by.
import { inLanguage } from "../i18n";
import type { Question, Round } from "../protocol/types";
import { Theirs } from "./Theirs";

export const countOf = (round: Round | undefined, key: string): number => round?.counts.find((c) => c.key === key)?.count ?? 0;

export const scaleValues = (q: Question): number[] => Array.from({ length: Math.max(0, q.max - q.min + 1) }, (_, i) => q.min + i);

const highest = (round: Round): number => Math.max(1, ...round.counts.map((c) => c.count));
const share = (count: number, most: number) => ({ "--share": count / most });

/** Columns over the values of a scale. Without a round (a board before it may show one) the values alone. */
export function CountedScale({ q, round, mine }: { q: Question; round: Round | undefined; mine?: readonly (number | undefined)[] }) {
  const values = scaleValues(q);
  const said = round && { role: "img" as const, "aria-label": values.map((n) => `${n}: ${countOf(round, `${n}`)}`).join(", ") };
  return (
    <div class="scale-counts" {...said}>
      {values.map((n) => (
        <div key={n}>
          {round && <span class="times">{countOf(round, `${n}`) || ""}</span>}
          {round && <i style={share(countOf(round, `${n}`), highest(round))} class={mine?.includes(n) ? "mine" : ""} />}
          <b>{n}</b>
        </div>
      ))}
    </div>
  );
}

/** What the lowest and the highest value mean, under a scale. */
export function ScaleEnds({ q }: { q: Question }) {
  return (
    <div class="row apart small muted">
      <span>{inLanguage(q.minLabel)}</span>
      <span>{inLanguage(q.maxLabel)}</span>
    </div>
  );
}

/** The most frequent words, each as large as often it came. */
export function WordCloud({ round, limit }: { round: Round; limit: number }) {
  return (
    <div class="cloud">
      {round.counts.slice(0, limit).map((c) => (
        <span key={c.key} style={share(c.count, highest(round))}>
          <Theirs>{c.key}</Theirs>
        </span>
      ))}
    </div>
  );
}
