// The board's own machine: the whole screen.
import { signal } from "@preact/signals";

export const isFull = signal(globalThis.document?.fullscreenElement != null);
globalThis.document?.addEventListener("fullscreenchange", () => {
  isFull.value = document.fullscreenElement != null;
});

export const canFill = (): boolean => document.fullscreenEnabled === true;

export function fill(): void {
  void (isFull.value ? document.exitFullscreen() : document.documentElement.requestFullscreen()).catch(() => {});
}
