import type { ReadonlySignal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { say, t } from "../i18n";
import type { Refusal } from "../protocol/types";
import { type Banner, bannerParts } from "./banner";
import { Newer } from "./Newer";

/** A dot and a word: live, connecting, offline. */
export function ConnectionDot({ state }: { state: ReadonlySignal<Banner["state"]> }) {
  const word = state.value === "live" ? t().live : state.value === "connecting" ? t().connecting : t().offlineShort;
  return (
    <span class="row small muted" role="status">
      <span class={`dot ${state.value}`} />
      <span class="word">{word}</span>
    </span>
  );
}

type BannerProps = {
  lesson: {
    state: ReadonlySignal<Banner["state"]>;
    outbox: { unsent: ReadonlySignal<number>; waiting: ReadonlySignal<boolean> };
    saves?: ReadonlySignal<boolean>;
    held?: ReadonlySignal<boolean>;
  };
};

/** At the top while there is no connection, or while the server can store nothing; says how much waits. */
export function OfflineBanner({ lesson }: BannerProps) {
  const unsent = lesson.outbox.unsent.value;
  const parts = bannerParts({
    state: lesson.state.value,
    waiting: lesson.outbox.waiting.value,
    unsent,
    saves: lesson.saves?.value ?? true,
    held: lesson.held?.value ?? false,
  });
  return (
    <div class="banners">
      {parts.length > 0 && (
        <div class="banner" role="status" data-testid={parts[0]}>
          {parts.map((part) => (part === "unsent" ? t().unsent(unsent) : t()[part])).join(" ")}
        </div>
      )}
      <Newer state={lesson.state} />
    </div>
  );
}

/** One command on its way. */
type Sent = { state: ReadonlySignal<"sending" | "waiting" | "saved" | "refused">; refusal: ReadonlySignal<Refusal | undefined> };

/** Saved, waiting or not saved: one command's state in a word. */
export function SentWord({ sent }: { sent: Sent | undefined }) {
  if (!sent) return null;
  const state = sent.state.value;
  const word =
    state === "saved"
      ? t().saved
      : state === "waiting"
        ? t().waitingToSend
        : state === "sending"
          ? t().sending
          : say(sent.refusal.value ?? "not-saved");
  return (
    <span class={`small ${state === "refused" ? "strong" : "muted"}`} role="status">
      {word}
    </span>
  );
}

/** What became of a command, beside its button. Says nothing of what was saved unless asked to: the screen shows it. */
export function Outcome({ sent, saved }: { sent: Sent | undefined; saved?: boolean }) {
  const state = sent?.state.value;
  if (!sent || state === "sending" || (state === "saved" && !saved)) return null;
  if (state === "saved") return <span class="outcome muted">{t().saved}</span>;
  if (state === "waiting") return <span class="outcome muted">{t().waitingToSend}</span>;
  return (
    <span class="outcome refused" role="alert">
      {say(sent.refusal.value ?? "not-saved")}
    </span>
  );
}

type ToastProps = { outbox: { refused: ReadonlySignal<{ refusal: Refusal; late: boolean } | undefined> }; late?: boolean };

/**
 * Shows the last refusal for a few seconds, in words.
 * @param late only of commands an earlier page had left behind: those of this page are answered beside their buttons
 */
export function RefusalToast({ outbox, late }: ToastProps) {
  const last = outbox.refused.value;
  const refused = late && !last?.late ? undefined : last;
  const [shown, setShown] = useState(refused);
  useEffect(() => {
    setShown(refused);
    const timer = setTimeout(() => setShown(undefined), 5000);
    return () => clearTimeout(timer);
  }, [refused]);
  if (!shown) return null;
  return (
    <div class="toast" role="alert">
      {say(shown.refusal)}
    </div>
  );
}
