import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { t } from "../i18n";

const again = 3000;

/**
 * A part of a page that comes after it: asked for at once by whoever knows that it will be wanted, and again until it is there.
 * @param load the part's own module
 */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): { Part: ComponentType<P>; fetch: () => void } {
  const part = signal<ComponentType<P> | undefined>(undefined);
  const failures = signal(0);
  let going = false;
  const fetch = () => {
    if (going || part.peek()) return;
    going = true;
    load().then(
      (C) => {
        part.value = C;
      },
      () => {
        failures.value++;
        setTimeout(() => {
          going = false;
          fetch();
        }, again);
      },
    );
  };
  const Part = (props: P) => {
    fetch();
    const C = part.value;
    if (C) return <C {...props} />;
    return (
      <>
        <p class="muted" aria-busy="true">
          {t().loading}
        </p>
        {failures.value > 1 && (
          // A browser may remember that it failed; what was typed is on the device.
          <button type="button" class="btn line start" onClick={() => location.reload()}>
            {t().again}
          </button>
        )}
      </>
    );
  };
  return { Part, fetch };
}
