import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Sent } from "../../connection/outbox";
import { useLesson } from "../../lesson/context";
import type { CommandName, Commands } from "../../protocol/commands";
import { Button } from "../../ui/parts";
import { Outcome } from "../../ui/Status";

/** Headings that take the focus; that of the hands is always there. */
export const hands = "hands";
export const door = "door";
export const phones = "phones";

type Props<N extends CommandName> = {
  name: N;
  fields: Commands[N];
  kind?: "quiet" | "line";
  label?: string;
  testid: string;
  /** The heading to which the focus goes when it is done: what was pressed goes away. */
  heading?: string;
  children: ComponentChildren;
};

/** Whoever has gone on to something else is left there. */
function focusOn(id: string, pressed: Element | null): void {
  const now = document.activeElement;
  if (now && now !== document.body && now !== pressed) return;
  (document.getElementById(id) ?? document.getElementById(hands))?.focus({ preventScroll: true });
}

/** A button that sends one command, and what became of it. */
export function Act<N extends CommandName>({ name, fields, kind, label, testid, heading, children }: Props<N>) {
  const lesson = useLesson();
  const [sent, setSent] = useState<Sent>();
  const press = () => {
    const one = lesson.outbox.send(name, fields);
    setSent(one);
    const pressed = document.activeElement;
    if (heading) void one.done.then(() => one.refusal.peek() || focusOn(heading, pressed));
  };
  const busy = sent?.state.value === "sending" || sent?.state.value === "waiting";
  return (
    <>
      <Button {...(kind ? { kind } : {})} {...(label ? { "aria-label": label } : {})} disabled={busy} onClick={press} data-testid={testid}>
        {children}
      </Button>
      <Outcome sent={sent} />
    </>
  );
}
