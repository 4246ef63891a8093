// The server's clock, and one shared second tick for every timer on the screen.
import { computed, signal } from "@preact/signals";

const offset = signal(0);
/** Milliseconds of the server's clock, moving once a second. Reading it in a component re-renders it each second. */
export const tick = signal(Date.now());

/** So far from this device's that one of the two is wrong: what a slow line or a watch set by hand makes is less. */
const farApart = 5 * 60_000;
export const clockDiffers = computed(() => Math.abs(offset.value) > farApart);

export const serverNow = (): number => Date.now() + offset.peek();

/** Called with the server's time of every answer that carries it. */
export function setServerNow(now: string | undefined): void {
  const at = now ? Date.parse(now) : Number.NaN;
  if (Number.isNaN(at)) return;
  offset.value = at - Date.now();
  tick.value = serverNow();
}

/** Milliseconds of the server's clock, at least as late as the last tick: reading it in a component re-renders it each second. */
export const tickingNow = (): number => Math.max(tick.value, serverNow());

/** Seconds left of so many minutes, negative when they are over. Re-renders each second. */
export const secondsLeft = (since: string, minutes: number): number =>
  Math.ceil((Date.parse(since) + minutes * 60_000 - tickingNow()) / 1000);

/** Seconds until a time, 0 when it is over or there is none. Re-renders each second while there is something to wait for. */
export const secondsUntil = (time: string | undefined): number =>
  time ? Math.max(0, Math.ceil((Date.parse(time) - tickingNow()) / 1000)) : 0;

/** Whole minutes since a time. Re-renders each second. */
export const minutesSince = (time: string): number => Math.max(0, Math.floor((tickingNow() - Date.parse(time)) / 60_000));

const timer = setInterval(() => {
  tick.value = serverNow();
}, 1000);
// In Node (tests) a timer must not keep the process alive.
(timer as unknown as { unref?: () => void }).unref?.();
