// The server's clock, and one shared second tick for every timer on the screen.
import { signal } from "@preact/signals";

const offset = signal(0);
/** Milliseconds of the server's clock, moving once a second. Reading it in a component re-renders it each second. */
export const tick = signal(Date.now());

export const serverNow = (): number => Date.now() + offset.peek();

/** Called with `now` of every answer to `Enter`. */
export function setServerNow(now: string | undefined): void {
  const at = now ? Date.parse(now) : Number.NaN;
  if (Number.isNaN(at)) return;
  offset.value = at - Date.now();
  tick.value = serverNow();
}

const timer = setInterval(() => {
  tick.value = serverNow();
}, 1000);
// In Node (tests) a timer must not keep the process alive.
(timer as unknown as { unref?: () => void }).unref?.();
