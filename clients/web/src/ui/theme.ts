// Theme and text size of this device, set on <html> before anything is drawn.
import { effect, signal } from "@preact/signals";
import { onDevice } from "../device/kept";

export type Theme = "auto" | "light" | "dark" | "contrast";
export const themes: readonly Theme[] = ["auto", "light", "dark", "contrast"];

const kept = <T extends string>(key: string, all: readonly T[], otherwise: T): T => {
  const value = onDevice.get(key) as T | undefined;
  return value && all.includes(value) ? value : otherwise;
};

export const theme = signal<Theme>(kept("ortaq.theme", themes, "auto"));
export type Size = "0" | "1" | "2";
export const sizes: readonly Size[] = ["0", "1", "2"];
export const size = signal<Size>(kept("ortaq.size", sizes, "0"));

const night = matchMedia("(prefers-color-scheme: dark)");
const dark = signal(night.matches);
night.addEventListener("change", () => {
  dark.value = night.matches;
});

effect(() => {
  onDevice.set("ortaq.theme", theme.value);
  document.documentElement.dataset.theme = theme.value === "auto" ? (dark.value ? "dark" : "light") : theme.value;
});
effect(() => {
  onDevice.set("ortaq.size", size.value);
  document.documentElement.dataset.size = size.value;
});
