// The rooms of a lesson. A lesson in one room has none of this: every list here is empty then.
import { hub } from "./joinLink";
import type { Lesson } from "./lesson";
import { isHere } from "./seats";

export type Room = { number: number; name: string | undefined; joined: number; lost: number | undefined };

/** The hub first; empty where the lesson has no satellites. */
export const roomsOf = (lesson: Lesson): Room[] =>
  [...lesson.store.all("room")]
    .map(([id, { name, joined, lost }]) => ({ number: Number(id), name, joined: joined ?? 0, lost }))
    .sort((a, b) => a.number - b.number);

/** That of a seat, a board, a team or a student: the hub is left out there. */
export const numberOf = (of: { room?: number } | undefined): number => of?.room ?? hub;

/** The room that a board hangs in; undefined where there is only one. */
export function roomOfBoard(lesson: Lesson): Room | undefined {
  const board = lesson.boardId.value;
  const number = numberOf(board ? lesson.store.one("board", board) : undefined);
  return roomsOf(lesson).find((r) => r.number === number);
}

/** Who helps in a room: without a name, nobody has come by the link yet. */
export function helperOf(lesson: Lesson, room: number): { id: string; name: string | undefined; here: boolean } | undefined {
  const found = [...lesson.store.all("helper")].find(([, h]) => numberOf(h) === room);
  return found && { id: found[0], name: found[1].name, here: lesson.present.value.has(found[0]) };
}

/** How many phones these seats are on: who shares one is in one team. */
export const phonesOf = (seats: readonly [string, { sharedWith?: readonly string[] }][]): number =>
  new Set(seats.map(([id, s]) => [id, ...(s.sharedWith ?? [])].sort()[0])).size;

/** How many are lost in all rooms together; undefined where a room keeps to itself how many of its are. */
export const lostInAll = (rooms: readonly Room[]): number | undefined =>
  rooms.every((r) => r.joined === 0 || r.lost !== undefined) ? rooms.reduce((sum, r) => sum + (r.lost ?? 0), 0) : undefined;

/** What a teacher sees of one room: students connected, hands up, answers to the question of this round, works not handed in. */
export function newsOf(
  lesson: Lesson,
  number: number,
  ask: { questionId: string; round: number } | undefined,
  workStep: string | undefined,
): { here: number; hands: number; answered: number; missing: number } {
  const ids = new Set([...lesson.store.all("seat")].filter(([, s]) => numberOf(s) === number).map(([id]) => id));
  const count = (students: Iterable<string>): number => [...new Set(students)].filter((id) => ids.has(id)).length;
  const answers = [...lesson.store.all("answer").values()].filter((a) => a.questionId === ask?.questionId && a.round === ask.round);
  const handedIn = [...lesson.store.all("work").values()].filter((x) => x.stepId === workStep && x.version > 0);
  return {
    here: [...ids].filter((id) => isHere(lesson, id)).length,
    hands: count(lesson.store.all("hand").keys()),
    answered: count(answers.map((a) => a.studentId)),
    missing: ids.size - count(handedIn.map((x) => x.studentId)),
  };
}
