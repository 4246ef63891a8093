// What the teacher's screen reads of the answers to a question.
import type { Answer, Question } from "../protocol/types";
import type { Lesson } from "./lesson";
import { seatsOf } from "./seats";
import { byTime } from "./time";

/** The question that waits for answers. */
export function openQuestion(lesson: Lesson): [string, Question] | undefined {
  return [...lesson.store.all("question")]
    .filter(([, q]) => q.status === "open")
    .sort(([, a], [, b]) => byTime(a.askedAt, b.askedAt))
    .at(-1);
}

export function answersOf(lesson: Lesson, questionId: string, round: number): Answer[] {
  return [...lesson.store.all("answer").values()]
    .filter((a) => a.questionId === questionId && a.round === round)
    .sort((a, b) => byTime(a.at, b.at));
}

/** Nicknames of those who have not answered in this round: the ones connected now, and the ones who cannot. */
export function silentOf(lesson: Lesson, questionId: string, q: Question): { here: string[]; away: string[] } {
  const answered = new Set(answersOf(lesson, questionId, q.round).map((a) => a.studentId));
  const silent = seatsOf(lesson).filter(([id]) => !answered.has(id));
  const of = (there: boolean) => silent.filter(([id]) => lesson.present.value.has(id) === there).map(([, s]) => s.nickname);
  return { here: of(true), away: of(false) };
}
