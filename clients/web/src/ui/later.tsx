import type { ComponentType } from "preact";
import { t } from "../i18n";
import { late } from "./late";
import { Loading } from "./parts";
import { Reload } from "./Reload";

/**
 * A part of a page that comes after it.
 * @param load the part's own module
 * @param quiet nothing stands in its place until it is there
 * @param whole it is the whole page
 */
export function later<P extends object>(
  load: () => Promise<ComponentType<P>>,
  { quiet = false, whole = false } = {},
): { Part: ComponentType<P>; fetch: () => void; isHere: () => boolean } {
  const { here, failures, fetch } = late(load);
  const Part = (props: P) => {
    fetch();
    const C = here.value;
    if (C) return <C {...props} />;
    if (quiet) return failures.value > 1 ? <Reload /> : null;
    return (
      <>
        {whole ? (
          <Loading />
        ) : (
          <p class="muted" aria-busy="true">
            {t().loading}
          </p>
        )}
        {failures.value > 1 && <Reload />}
      </>
    );
  };
  return { Part, fetch, isHere: () => here.value !== undefined };
}
