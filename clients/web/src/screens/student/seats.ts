// The seats this device holds, several of one lesson where children share it: a ticket each, so that a reload returns to the same place.
import { signal } from "@preact/signals";
import { inTab, onDevice } from "../../device/kept";

/** @property door the code that was typed, where that is the other group's of a combined class */
export type HeldSeat = {
  classroomId: string;
  ticket: string;
  studentId: string;
  nickname: string;
  code: string;
  at: number;
  door?: string;
};
const prefix = "ortaq.seat/";
const lastKey = "ortaq.seat";
const askingKey = "ortaq.asking";
/** A lesson can be reopened for a day; older seats are forgotten. */
const life = 48 * 3_600_000;

export const current = signal<HeldSeat | undefined>(undefined);
/** What the teacher has not said yes to: it takes no held seat's place, and is held once it is given. */
export const asking = signal<HeldSeat | undefined>(undefined);
/** The code with which another student joins on this device. */
export const joining = signal<string | undefined>(undefined);

const nameOf = (seat: HeldSeat): string => `${seat.classroomId}/${seat.studentId}`;

export function remember(seat: HeldSeat): void {
  onDevice.set(prefix + nameOf(seat), JSON.stringify(seat));
  sit(seat);
}

/** On a seat that this device holds. */
export function sit(seat: HeldSeat): void {
  onDevice.set(lastKey, nameOf(seat));
  ask(undefined);
  joining.value = undefined;
  current.value = seat;
}

/** Waits for the teacher's yes, over a reload too; undefined: no longer. */
export function ask(seat: HeldSeat | undefined): void {
  inTab.set(askingKey, seat && JSON.stringify(seat));
  asking.value = seat;
}

/** Of a child without a seat on this device nothing that it typed stays on it. */
function forgetTyped(child: string): void {
  for (const key of onDevice.keys()) if (key.startsWith(`ortaq.typed/${child}/`)) onDevice.set(key, undefined);
}

export function forget(seat: HeldSeat): void {
  for (const { key, seat: held } of all()) if (held?.studentId === seat.studentId) onDevice.set(key, undefined);
  forgetTyped(seat.studentId);
  leave();
}

/** Out of this lesson on this screen; the seat stays for coming back with the code. */
export function leave(): void {
  onDevice.set(lastKey, undefined);
  current.value = undefined;
}

/** Another student on this device: the seats that it holds stay. */
export function addStudent(code: string): void {
  joining.value = code;
  leave();
}

const isBehind = (seat: HeldSeat, code: string | undefined): boolean => seat.code === code || (code !== undefined && seat.door === code);

/** Seats of one lesson, or of both groups of a combined class, by their codes, the newest first. */
export function heldFor(code: string | readonly string[] | undefined, now = Date.now()): HeldSeat[] {
  return held(now).filter((s) => [code].flat().some((c) => isBehind(s, c)));
}

/** The seat for a code in the address, the one sat in last if it is of that lesson; without a code, the one this device sat in last. */
export function recall(code: string | undefined, now = Date.now()): HeldSeat | undefined {
  for (const { key, seat } of all()) {
    if (seat && now - seat.at <= life) continue;
    onDevice.set(key, undefined);
    if (seat) forgetTyped(seat.studentId);
  }
  const name = onDevice.get(lastKey);
  const seats = held(now);
  // Kept by a page of before seats were several: the lesson alone.
  const last = seats.find((s) => nameOf(s) === name || s.classroomId === name);
  return code && !(last && isBehind(last, code)) ? seats.find((s) => isBehind(s, code)) : last;
}

/** What waited for the teacher when the page was loaded again. */
export function recallAsking(code: string | undefined): HeldSeat | undefined {
  const seat = parse(inTab.get(askingKey));
  return seat && (!code || isBehind(seat, code)) ? seat : undefined;
}

const all = (): { key: string; seat: HeldSeat | undefined }[] =>
  onDevice
    .keys()
    .filter((key) => key.startsWith(prefix))
    .map((key) => ({ key, seat: parse(onDevice.get(key)) }));

const held = (now: number): HeldSeat[] =>
  all()
    .map((s) => s.seat)
    .filter((s): s is HeldSeat => s !== undefined && now - s.at <= life)
    .sort((a, b) => b.at - a.at);

function parse(text: string | undefined): HeldSeat | undefined {
  try {
    return JSON.parse(text ?? "") as HeldSeat;
  } catch {
    return undefined;
  }
}
