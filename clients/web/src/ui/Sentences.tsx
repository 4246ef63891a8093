import { plain, type Sentence, sentences, type Telling } from "../lesson/texts";
import { inline } from "./Rich";

export type Warmth = 0 | 1 | 2 | 3;
/** Three warm steps: somebody; some (two and a tenth, or three); many (three and a quarter, or six). */
export function warmth(count: number, joined: number): Warmth {
  if (count <= 0) return 0;
  const share = count / Math.max(1, joined);
  if (count >= 6 || (count >= 3 && share >= 0.25)) return 3;
  return count >= 3 || (count >= 2 && share >= 0.1) ? 2 : 1;
}

type Props = {
  told: Telling;
  /** More is to come. */
  running: boolean;
  heat?: (sentence: number) => Warmth;
  /** The student's own presses. */
  mine?: (sentence: number) => boolean;
  note?: (sentence: number) => string | undefined;
  /** Makes sentences pressable. */
  onPress?: ((sentence: number) => void) | undefined;
  pressLabel?: string;
};

/** A text told sentence by sentence. Only whole sentences are pressable and announced. */
export function Sentences({ told, running, heat, mine, note, onPress, pressLabel }: Props) {
  const list = sentences(told);
  return (
    <p class="tell" aria-live="polite" aria-relevant="additions">
      {list.map((s) => (
        <One
          key={s.index}
          s={s}
          warm={heat?.(s.index) ?? 0}
          mine={mine?.(s.index)}
          note={note?.(s.index)}
          onPress={onPress}
          label={pressLabel}
        />
      ))}
      {running && <span class="cursor" aria-hidden="true" />}
    </p>
  );
}

type OneProps = {
  s: Sentence;
  warm: Warmth;
  mine: boolean | undefined;
  note: string | undefined;
  onPress: Props["onPress"];
  label: string | undefined;
};

function One({ s, warm, mine, note, onPress, label }: OneProps) {
  const shown = inline(plain(s.text.trim()));
  // The space around a sentence stays outside its coloured part.
  const text = s.text.trim();
  const start = s.text.indexOf(text);
  const [before, after] = [s.text.slice(0, start), s.text.slice(start + text.length)];
  const names = ["s", warm > 0 && `h${warm}`, mine && "mine"].filter(Boolean).join(" ");
  const press = onPress && s.whole ? () => onPress(s.index) : undefined;
  return (
    <>
      {before}
      {press ? (
        <span
          class={names}
          data-testid={`sentence-${s.index}`}
          role="button"
          tabIndex={0}
          aria-pressed={mine ?? false}
          aria-description={label}
          onClick={press}
          onKeyDown={(e) => {
            if (e.key !== "Enter" && e.key !== " ") return;
            e.preventDefault();
            press();
          }}
        >
          {shown}
        </span>
      ) : (
        <span class={names} data-testid={`sentence-${s.index}`}>
          {shown}
        </span>
      )}
      {note && <sup class="heat-note">{note}</sup>}
      {after}
    </>
  );
}
