// Whether the server has a newer page than this one. It gets one by being started anew, so whoever comes back to it asks.
import { signal } from "@preact/signals";

export const isOld = signal(false);

const scriptOf = (page: string): string | undefined => /<script type="module"[^>]* src="(\/assets\/[^"]+)"/.exec(page)?.[1];

export async function lookForNewer(): Promise<void> {
  try {
    const answer = await fetch(location.pathname, { cache: "no-cache" });
    const theirs = answer.ok ? scriptOf(await answer.text()) : undefined;
    const ours = document.querySelector('script[type="module"][src^="/assets/"]')?.getAttribute("src");
    if (theirs && ours && theirs !== ours) isOld.value = true;
  } catch {
    // The next time that the line is back.
  }
}
