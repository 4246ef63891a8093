// How this device eases reading: space between letters and lines, a face with letters that are easy to tell apart, a ruler. Comes after the page; set on <html>.
import { effect, signal } from "@preact/signals";
import { onDevice } from "../device/kept";
import "./reading.css";

export const readingKey = "ortaq.reading";
export type Space = "0" | "1" | "2";
export const spaces: readonly Space[] = ["0", "1", "2"];
export type Face = "own" | "clear";
export const faces: readonly Face[] = ["own", "clear"];

const kept = (onDevice.get(readingKey) ?? "").split(" ");
const known = <T extends string>(all: readonly T[], otherwise: T): T => all.find((x) => kept.includes(x)) ?? otherwise;

export const space = signal(known(spaces, "0"));
export const face = signal(known(faces, "own"));
export const ruler = signal(kept.includes("ruler"));

effect(() => {
  const { dataset } = document.documentElement;
  dataset.space = space.value;
  dataset.face = face.value;
  const isPlain = space.value === "0" && face.value === "own" && !ruler.value;
  onDevice.set(readingKey, isPlain ? undefined : [space.value, face.value, ...(ruler.value ? ["ruler"] : [])].join(" "));
});
