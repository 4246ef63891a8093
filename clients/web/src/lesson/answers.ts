// What the teacher's screen reads of the answers to a question.
import type { Answer, Question } from "../protocol/types";
import type { Lesson } from "./lesson";
import { isHere, seatsOf } from "./seats";
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

/** An answer, and who gave it. */
export type Said = { answer: Answer; who: string[] };

/** Each answer with who gave it: what several on a phone said together stands there once. */
export function groupedAnswers(lesson: Lesson, questionId: string, round: number): Said[] {
  const groups: Said[] = [];
  for (const answer of answersOf(lesson, questionId, round)) {
    const mates = answer.together ? (lesson.store.one("seat", answer.studentId)?.sharedWith ?? []) : [];
    const same = groups.find((g) => g.answer.together && mates.includes(g.answer.studentId) && g.answer.text === answer.text);
    if (same) same.who.push(answer.studentId);
    else groups.push({ answer, who: [answer.studentId] });
  }
  return groups;
}

/** Answers as the teacher has put them together, and those that are in no group. */
export function saidAlike(lesson: Lesson, questionId: string, answers: readonly Said[]): { groups: Said[][]; others: Said[] } {
  const left = new Set(answers);
  const groups = (lesson.store.one("answerGroups", questionId)?.groups ?? [])
    .map((g) => answers.filter((a) => left.has(a) && a.who.some((id) => g.students.includes(id)) && left.delete(a)))
    .filter((g) => g.length > 0);
  return { groups, others: answers.filter((a) => left.has(a)) };
}

/** Nicknames of those who have not answered in this round: the ones connected now, and the ones who cannot. */
export function silentOf(lesson: Lesson, questionId: string, q: Question): { here: string[]; away: string[] } {
  const answered = new Set(answersOf(lesson, questionId, q.round).map((a) => a.studentId));
  const silent = seatsOf(lesson).filter(([id]) => !answered.has(id));
  const of = (there: boolean) => silent.filter(([id]) => isHere(lesson, id) === there).map(([, s]) => s.nickname);
  return { here: of(true), away: of(false) };
}
