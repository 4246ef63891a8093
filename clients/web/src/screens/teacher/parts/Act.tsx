// A button that sends a command, and what became of it beside the button.

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Sent } from "../../../connection/outbox";
import { t } from "../../../i18n";
import { useLesson } from "../../../lesson/context";
import type { CommandName, Commands } from "../../../protocol/commands";
import { Button } from "../../../ui/parts";
import { Confirm } from "../../../ui/Sheet";
import { Outcome } from "../../../ui/Status";

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
