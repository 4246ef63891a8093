import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import { Button } from "./parts";

/** A panel from below (on a phone) over the page. Escape, the veil and the button close it; the focus comes back. */
export function Sheet({ title, onClose, children }: { title: string; onClose: () => void; children: ComponentChildren }) {
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    panel.current?.focus();
    const key = (e: KeyboardEvent) => {
      if (e.key === "Escape") onClose();
      if (e.key === "Tab" && panel.current) keepInside(e, panel.current);
    };
    addEventListener("keydown", key);
    return () => {
      removeEventListener("keydown", key);
      before?.focus();
    };
  }, []);
  return (
    <div class="veil" role="presentation" onClick={(e) => e.target === e.currentTarget && onClose()}>
      <div class="sheet" role="dialog" aria-modal="true" aria-label={title} tabIndex={-1} ref={panel}>
        <div class="row apart">
          <h2>{title}</h2>
          <Button kind="bare" onClick={onClose}>
            {t().close}
          </Button>
        </div>
        {children}
      </div>
    </div>
  );
}

function keepInside(e: KeyboardEvent, panel: HTMLElement): void {
  const stops = [...panel.querySelectorAll<HTMLElement>("button:not(:disabled), input, textarea, select, a[href], [tabindex='0']")];
  const edge = e.shiftKey ? stops[0] : stops[stops.length - 1];
  const active = document.activeElement;
  if (active !== edge && !(e.shiftKey && active === panel)) return;
  e.preventDefault();
  (e.shiftKey ? stops[stops.length - 1] : stops[0])?.focus();
}

type ConfirmProps = {
  label: ComponentChildren;
  ask: string;
  yes: string;
  onYes: () => void;
  kind?: "quiet" | "line" | "hot" | "bare";
  compact?: boolean;
  disabled?: boolean;
  /** For browser tests; the second button is `…-yes`. */
  testid?: string | undefined;
};
/** A button that asks once, in place, before a destructive or public act. */
export function Confirm({ label, ask, yes, onYes, kind, compact, disabled, testid }: ConfirmProps) {
  const [asking, setAsking] = useState(false);
  if (!asking) {
    return (
      <Button
        {...(kind ? { kind } : {})}
        compact={compact ?? false}
        disabled={disabled ?? false}
        onClick={() => setAsking(true)}
        data-testid={testid}
      >
        {label}
      </Button>
    );
  }
  const answer = (ok: boolean) => {
    setAsking(false);
    if (ok) onYes();
  };
  return (
    <div class="row wrap" role="group" aria-label={ask}>
      <span class="strong">{ask}</span>
      <Button {...(kind === "hot" ? { kind } : {})} autofocus onClick={() => answer(true)} data-testid={testid && `${testid}-yes`}>
        {yes}
      </Button>
      <Button kind="quiet" onClick={() => answer(false)}>
        {t().cancel}
      </Button>
    </div>
  );
}
