// A command and what became of it, beside the button that sent it.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Sent } from "../../../connection/outbox";
import { say, t } from "../../../i18n";
import { useLesson } from "../../../lesson/selectors";
import type { CommandName, Commands } from "../../../protocol/commands";
import { Button } from "../../../ui/parts";
import { Confirm } from "../../../ui/Sheet";

export type Send = <N extends CommandName>(name: N, fields: Commands[N], key?: string) => Sent;

/** Sends commands of one place on the screen; `sent` is the last of them. */
export function useSend(): { send: Send; sent: Sent | undefined } {
  const lesson = useLesson();
  const [sent, setSent] = useState<Sent>();
  const send: Send = (name, fields, key) => {
    const next = lesson.outbox.send(name, fields, key);
    setSent(next);
    return next;
  };
  return { send, sent };
}

/** Says nothing of what was saved: the screen shows it. */
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

type ActProps<N extends CommandName> = {
  name: N;
  fields: Commands[N] | (() => Commands[N]);
  children: ComponentChildren;
  kind?: "quiet" | "line" | "hot" | "bare";
  testid?: string;
  disabled?: boolean;
  big?: boolean;
  /** Asks once, in place. */
  ask?: string;
  onSent?: () => void;
};

/** A button that sends one command. */
export function Act<N extends CommandName>({ name, fields, children, kind, testid, disabled, big, ask, onSent }: ActProps<N>) {
  const { send, sent } = useSend();
  const busy = sent?.state.value === "sending" || sent?.state.value === "waiting";
  const go = () => {
    send(name, typeof fields === "function" ? fields() : fields);
    onSent?.();
  };
  return (
    <span class="act">
      {ask ? (
        <Confirm
          label={children}
          ask={ask}
          yes={t().yes}
          onYes={go}
          testid={testid}
          {...(kind && kind !== "bare" ? { kind } : {})}
          disabled={disabled || busy}
        />
      ) : (
        <Button compact={!big} big={big ?? false} {...(kind ? { kind } : {})} disabled={disabled || busy} onClick={go} data-testid={testid}>
          {children}
        </Button>
      )}
      <Outcome sent={sent} />
    </span>
  );
}
