import type { ReadonlySignal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import type { LinkState } from "../connection/connection";
import type { Outbox, Sent } from "../connection/outbox";
import { say, t } from "../i18n";
import type { Lesson } from "../lesson/lesson";
import { bannerParts } from "./banner";

/** A dot and a word: live, connecting, offline. */
export function LinkDot({ state }: { state: ReadonlySignal<LinkState> }) {
  const word = state.value === "live" ? t().live : state.value === "connecting" ? t().connecting : t().offlineShort;
  return (
    <span class="row small muted" role="status">
      <span class={`dot ${state.value}`} />
      <span class="word">{word}</span>
    </span>
  );
}

/** Stands at the top while there is no connection, or while the server can store nothing; says how much waits. */
export function OfflineBanner({ lesson }: { lesson: Pick<Lesson, "state" | "outbox"> & Partial<Pick<Lesson, "saves">> }) {
  const unsent = lesson.outbox.unsent.value;
  const parts = bannerParts({
    state: lesson.state.value,
    waiting: lesson.outbox.waiting.value,
    unsent,
    saves: lesson.saves?.value ?? true,
  });
  if (parts.length === 0) return null;
  return (
    <div class="banner" role="status" data-testid={parts[0]}>
      {parts.map((part) => (part === "unsent" ? t().unsent(unsent) : t()[part])).join(" ")}
    </div>
  );
}

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

/**
 * Shows the last refusal for a few seconds, in words.
 * @param late only of commands an earlier page had left behind: those of this page are answered beside their buttons
 */
export function RefusalToast({ outbox, late }: { outbox: Pick<Outbox, "refused">; late?: boolean }) {
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
