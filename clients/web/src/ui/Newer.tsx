import type { ReadonlySignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { isOld, lookForNewer } from "../device/build";
import { installWorker } from "../device/worker";
import { language, t } from "../i18n";
import { Button } from "./parts";

/** Once the page is at work: it is made fit to open without a line, and where the server has a newer one, that is said. The page never reloads by itself. */
export function Newer({ state }: { state: ReadonlySignal<string> }) {
  const live = state.value === "live";
  const wasLive = useRef(false);
  useEffect(() => {
    if (!live) return;
    if (!wasLive.current) installWorker();
    // The first time too where a worker may have given the page: it keeps one of before for a slow line.
    if (wasLive.current || navigator.serviceWorker?.controller) void lookForNewer();
    wasLive.current = true;
  }, [live]);
  const spoken = language.value;
  useEffect(() => {
    // What lies on a home screen opens the child's page.
    if (live && /^\/(j\/|$)/.test(location.pathname)) linkManifest(spoken);
  }, [live, spoken]);
  if (!isOld.value) return null;
  return (
    <div class="banner wrap" role="status" data-testid="newer">
      <span class="grow">{t().newer}</span>
      <Button kind="line" compact onClick={() => location.reload()} data-testid="newer-open">
        {t().openNewer}
      </Button>
    </div>
  );
}

/** What a phone is told that puts the page on its home screen: in the language that is spoken. */
function linkManifest(spoken: string): void {
  for (const [rel, href] of [
    ["manifest", `/ortaq-${spoken}.webmanifest`],
    ["apple-touch-icon", "/icon-whole-180.png"],
  ] as const) {
    const link = document.head.querySelector<HTMLLinkElement>(`link[rel="${rel}"]`) ?? document.createElement("link");
    if (link.getAttribute("href") === href) continue;
    link.rel = rel;
    link.href = href;
    document.head.append(link);
  }
}
