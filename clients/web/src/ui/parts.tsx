// Small shared components.
import type { ComponentChildren, JSX } from "preact";
import { comingWords, lackingWords, language, languages, ownNames, speak, t } from "../i18n";
import { Reload } from "./Reload";

type ButtonProps = Omit<JSX.IntrinsicElements["button"], "size"> & {
  kind?: "quiet" | "line" | "hot" | "bare";
  big?: boolean;
  compact?: boolean;
};

export function Button({ kind, big, compact, class: extra, type, children, ...rest }: ButtonProps) {
  const names = ["btn", kind, big && "big", compact && "compact", extra].filter(Boolean).join(" ");
  return (
    <button type={type ?? "button"} class={names} {...rest}>
      {children}
    </button>
  );
}

export type Tone = "sky" | "warn" | "hot" | "ok" | "ai";
export function Pill({ tone, children }: { tone?: Tone; children: ComponentChildren }) {
  return <span class={`pill ${tone ?? ""}`}>{children}</span>;
}

export function Card({
  tone,
  class: extra,
  children,
}: {
  tone?: "slab" | "hot" | "ok" | "sun";
  class?: string;
  children: ComponentChildren;
}) {
  return <section class={`card stack ${tone ?? ""} ${extra ?? ""}`}>{children}</section>;
}

/** A bar that grows from zero. `share` is 0..1. */
export function Bar({ share, tone, label }: { share: number; tone?: "h1" | "h2" | "h3" | "ok" | undefined; label?: string }) {
  const percent = Math.round(Math.max(0, Math.min(1, share)) * 100);
  return (
    <div class="bar" role="img" aria-label={label ?? `${percent}%`}>
      <i class={tone ?? ""} style={{ width: `${percent}%` }} />
    </div>
  );
}

/** What the device does for a few seconds before the server looks at a code or a password; nothing while there is no such work. */
export function Working({ share }: { share: number | undefined }) {
  if (share === undefined) return null;
  return (
    <div class="stack tight" role="status" data-testid="working">
      <p class="muted">{t().working}</p>
      <Bar share={share} />
    </div>
  );
}

export function Mark({ size = 36 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 54 54" role="img" aria-label="Ortaq">
      <rect width="54" height="54" rx="16" fill="var(--sky)" />
      <path
        d="M27 42V22M27 24c-2-9-14-9-14-1 0 5 6 6 7 2M27 24c2-9 14-9 14-1 0 5-6 6-7 2"
        fill="none"
        stroke="var(--on-sky)"
        stroke-width="3.4"
        stroke-linecap="round"
      />
      <circle cx="27" cy="14" r="3.4" fill="var(--sun)" />
    </svg>
  );
}

type ChoiceProps<T extends string> = {
  label: string;
  value: T | undefined;
  options: readonly T[];
  name: (o: T) => string;
  onPick: (o: T) => void;
  /** For browser tests; each button is `…-option`. */
  testid?: string;
};
/** One of a few, side by side. */
export function Choice<T extends string>({ label, value, options, name, onPick, testid }: ChoiceProps<T>) {
  return (
    <div class="choices" role="radiogroup" aria-label={label}>
      {options.map((o) => (
        <button
          type="button"
          role="radio"
          key={o}
          aria-checked={o === value}
          onClick={() => onPick(o)}
          data-testid={testid && `${testid}-${o}`}
        >
          {name(o)}
        </button>
      ))}
    </div>
  );
}

/** @param short ҚАЗ РУС ENG instead of full names */
export function LanguageSwitch({ short }: { short?: boolean }) {
  return (
    <>
      <Choice
        label={t().language}
        value={language.value}
        options={languages}
        name={(l) => ownNames[l][short ? "short" : "full"]}
        onPick={(l) => speak(l)}
        testid="language"
      />
      <LanguageNote />
    </>
  );
}

/** Where the words of a picked language are not here yet, or cannot come. */
export function LanguageNote() {
  if (comingWords.value)
    return (
      <span class="small muted" role="status">
        {t().loading}
      </span>
    );
  if (!lackingWords.value) return null;
  return (
    <div class="stack tight" role="alert" data-testid="language-lacking">
      <span class="small refused">
        {ownNames[lackingWords.value].full}: {t().languageLacking}
      </span>
      <Reload />
    </div>
  );
}

/** m:ss left, down to 0:00. Reads the seconds itself, so that nothing around it is drawn again each second. */
export function Timer({ left }: { left: () => number }) {
  const seconds = Math.max(0, left());
  return (
    <span role="timer">
      {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, "0")}
    </span>
  );
}

/** The hour and minute of a time where the person is: 09:05. */
export function timeOf(time: string): string {
  const at = new Date(time);
  const two = (n: number) => `${n}`.padStart(2, "0");
  return `${two(at.getHours())}:${two(at.getMinutes())}`;
}

export function Loading({ children }: { children?: ComponentChildren }) {
  return (
    <main class="loading" aria-busy="true">
      <Mark size={56} />
      <p>{children ?? t().loading}</p>
    </main>
  );
}
