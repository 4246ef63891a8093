import { onDevice } from "../../../device/kept";
import type { Kit, KitLesson } from "../../../protocol/http";

export type Chosen = { kit: Kit; lesson: KitLesson };

const kept = "ortaq.kit";

export const keyOf = ({ kit, lesson }: Chosen): string => `${kit.id}/${lesson.id}`;
export const allOf = (kits: readonly Kit[]): Chosen[] => kits.flatMap((kit) => kit.lessons.map((lesson) => ({ kit, lesson })));

/** The lesson that was chosen last on this device, if there still is one by that name; else the first. */
export function presetOf(kits: readonly Kit[]): Chosen | undefined {
  const all = allOf(kits);
  const last = onDevice.get(kept);
  return all.find((c) => keyOf(c) === last) ?? all[0];
}

export const keepPreset = (chosen: Chosen): void => onDevice.set(kept, keyOf(chosen));
