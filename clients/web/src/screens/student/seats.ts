// The seats this device holds: a ticket per classroom, so that a reload returns to the same place.
import { signal } from "@preact/signals";

export type HeldSeat = { classroomId: string; ticket: string; studentId: string; nickname: string; code: string; at: number };
const prefix = "ortaq.seat/";
const lastKey = "ortaq.seat";
/** A lesson can be reopened for a day; older seats are forgotten. */
const life = 48 * 3_600_000;

export const current = signal<HeldSeat | undefined>(undefined);

export function remember(seat: HeldSeat): void {
  localStorage.setItem(prefix + seat.classroomId, JSON.stringify(seat));
  localStorage.setItem(lastKey, seat.classroomId);
  current.value = seat;
}

export function forget(seat: HeldSeat): void {
  localStorage.removeItem(prefix + seat.classroomId);
  leave();
}

/** Out of this lesson on this screen; the seat stays for coming back with the code. */
export function leave(): void {
  localStorage.removeItem(lastKey);
  current.value = undefined;
}

/** The seat for a code in the address, or else the one this device sat in last. */
export function recall(code: string | undefined, now = Date.now()): HeldSeat | undefined {
  const seats = Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix))
    .map((key) => ({ key, seat: read(key) }));
  for (const { key, seat } of seats) if (!seat || now - seat.at > life) localStorage.removeItem(key);
  const held = seats.map((s) => s.seat).filter((s): s is HeldSeat => s !== undefined && now - s.at <= life);
  const last = localStorage.getItem(lastKey);
  return code ? held.find((s) => s.code === code) : held.find((s) => s.classroomId === last);
}

function read(key: string): HeldSeat | undefined {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "") as HeldSeat;
  } catch {
    return undefined;
  }
}
