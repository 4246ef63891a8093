// Which ideas were written on this device: the class sees whose team an idea is of, its author alone sees that it is his.
import { signal } from "@preact/signals";
import { onDevice } from "../../device/kept";

const key = "ortaq.ideas";
const kept = (): string[] => {
  try {
    return JSON.parse(onDevice.get(key) ?? "[]") as string[];
  } catch {
    return [];
  }
};

const ownIdeas = signal<ReadonlySet<string>>(new Set(kept()));

/** @param child whose it is: several take turns on one phone */
export const isOwnIdea = (id: string, child: string | undefined): boolean => ownIdeas.value.has(`${child}/${id}`);

export function rememberIdea(id: string, child: string): void {
  const all = [...ownIdeas.value, `${child}/${id}`].slice(-100);
  onDevice.set(key, JSON.stringify(all));
  ownIdeas.value = new Set(all);
}
