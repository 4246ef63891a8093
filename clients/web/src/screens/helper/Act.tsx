import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Sent } from "../../connection/outbox";
import { useLesson } from "../../lesson/context";
import type { CommandName, Commands } from "../../protocol/commands";
import { Button } from "../../ui/parts";
import { Outcome } from "../../ui/Status";

type Props<N extends CommandName> = {
  name: N;
  fields: Commands[N];
  kind?: "quiet" | "line";
  label?: string;
  testid: string;
  children: ComponentChildren;
};

/** A button that sends one command, and what became of it. */
export function Act<N extends CommandName>({ name, fields, kind, label, testid, children }: Props<N>) {
  const lesson = useLesson();
  const [sent, setSent] = useState<Sent>();
  const busy = sent?.state.value === "sending" || sent?.state.value === "waiting";
  return (
    <>
      <Button
        {...(kind ? { kind } : {})}
        {...(label ? { "aria-label": label } : {})}
        disabled={busy}
        onClick={() => setSent(lesson.outbox.send(name, fields))}
        data-testid={testid}
      >
        {children}
      </Button>
      <Outcome sent={sent} />
    </>
  );
}
