import type { Language } from "../protocol/types";
import { begun } from "./marks";
import { inline, withoutMarks } from "./Rich";

type Sentence = { index: number; text: string; whole: boolean };
/** From nobody lost (0) to many (3). */
type Heat = 0 | 1 | 2 | 3;

type Props = {
  sentences: readonly Sentence[];
  /** In which they are told: formulas are read aloud in it. */
  lang?: Language;
  /** More is to come. */
  running: boolean;
  /** It was stopped, or failed: what its last words had begun has no end. */
  cut?: boolean | undefined;
  heat?: (sentence: number) => Heat;
  /** Which one is read aloud just now. */
  aloud?: number | undefined;
  /** The student's own presses. */
  mine?: (sentence: number) => boolean;
  note?: (sentence: number) => string | undefined;
  /** What the note says to who does not see it. */
  noteLabel?: (sentence: number) => string;
  /** Makes sentences pressable. */
  onPress?: ((sentence: number) => void) | undefined;
  pressLabel?: string | undefined;
};

/** A text that streams sentence by sentence. Only whole sentences are pressable and announced. */
export function Sentences({ sentences, lang, running, cut, heat, aloud, mine, note, noteLabel, onPress, pressLabel }: Props) {
  return (
    <p class="tell" aria-live="polite" aria-relevant="additions">
      {sentences.map((s) => (
        <One
          key={s.index}
          s={(running || cut) && !s.whole ? { ...s, text: begun(s.text) } : s}
          lang={lang}
          heat={heat?.(s.index) ?? 0}
          aloud={aloud === s.index}
          mine={mine?.(s.index)}
          note={note?.(s.index)}
          noteLabel={noteLabel?.(s.index)}
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
  lang: Language | undefined;
  heat: Heat;
  aloud: boolean;
  mine: boolean | undefined;
  note: string | undefined;
  noteLabel: string | undefined;
  onPress: Props["onPress"];
  label: string | undefined;
};

function One({ s, lang, heat, aloud, mine, note, noteLabel, onPress, label }: OneProps) {
  const shown = inline(withoutMarks(s.text.trim()), lang);
  // The space around a sentence stays outside its coloured part.
  const text = s.text.trim();
  const start = s.text.indexOf(text);
  const [before, after] = [s.text.slice(0, start), s.text.slice(start + text.length)];
  const names = ["s", heat > 0 && `h${heat}`, mine && "mine", aloud && "aloud"].filter(Boolean).join(" ");
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
      {note && (
        <sup class="heat-note" {...(noteLabel ? { role: "img", "aria-label": noteLabel } : {})}>
          {note}
        </sup>
      )}
      {after}
    </>
  );
}
