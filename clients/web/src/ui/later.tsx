import type { ComponentType } from "preact";
import { t } from "../i18n";
import { late } from "./late";
import { Reload } from "./Reload";

/**
 * A part of a page that comes after it.
 * @param load the part's own module
 */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): { Part: ComponentType<P>; fetch: () => void } {
  const { here, failures, fetch } = late(load);
  const Part = (props: P) => {
    fetch();
    const C = here.value;
    if (C) return <C {...props} />;
    return (
      <>
        <p class="muted" aria-busy="true">
          {t().loading}
        </p>
        {failures.value > 1 && <Reload />}
      </>
    );
  };
  return { Part, fetch };
}
