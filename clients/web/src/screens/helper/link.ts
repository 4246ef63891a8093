// The link that a teacher gave. It is kept, so that a page that is loaded again comes back to its room.
import { signal } from "@preact/signals";
import { onDevice } from "../../device/kept";

export type HelperLink = { ticket: string; classroomId: string };
const key = "ortaq.helper";

export const link = signal<HelperLink | undefined>(read());

function read(): HelperLink | undefined {
  try {
    return (JSON.parse(onDevice.get(key) ?? "null") as HelperLink | null) ?? undefined;
  } catch {
    return undefined;
  }
}

/** `#ticket=...&classroom=...`; taken out of the address at once, so that it is not on show. */
export function takeFromAddress(): void {
  const hash = new URLSearchParams(location.hash.slice(1));
  const ticket = hash.get("ticket");
  const classroomId = hash.get("classroom");
  if (!ticket || !classroomId) return;
  const taken = { ticket, classroomId };
  onDevice.set(key, JSON.stringify(taken));
  link.value = taken;
  history.replaceState(null, "", location.pathname);
}
