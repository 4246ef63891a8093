// How names and times are written on the teacher's screen.
import { w } from "../../../i18n/teacher";
import { isolated } from "../../../ui/Theirs";

/** The first names, and how many more. */
export const few = (names: readonly string[], max: number): string =>
  names.length <= max
    ? names.map(isolated).join(", ")
    : `${names.slice(0, max).map(isolated).join(", ")}, ${w().cards.more(names.length - max)}`;

export const clock = (ms: number): string => {
  const s = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`;
};

export const initials = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((x) => x[0] ?? "")
    .join("")
    .toUpperCase();
