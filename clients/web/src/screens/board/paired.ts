// The lesson this board is connected to. A board opened from the teacher's own browser has its ticket in the address.
import { signal } from "@preact/signals";
import { onDevice } from "../../device/kept";

export type PairedBoard = { ticket: string; classroomId: string };
const key = "ortaq.board";

export const paired = signal<PairedBoard | undefined>(read());

function read(): PairedBoard | undefined {
  try {
    return (JSON.parse(onDevice.get(key) ?? "null") as PairedBoard | null) ?? undefined;
  } catch {
    return undefined;
  }
}

export function keep(board: PairedBoard | undefined): void {
  onDevice.set(key, board && JSON.stringify(board));
  paired.value = board;
}

/** `#ticket=...&classroom=...`; taken out of the address at once, so that it is not on show. */
export function takeFromAddress(): void {
  const hash = new URLSearchParams(location.hash.slice(1));
  const ticket = hash.get("ticket");
  const classroomId = hash.get("classroom");
  if (!ticket || !classroomId) return;
  keep({ ticket, classroomId });
  history.replaceState(null, "", location.pathname);
}
