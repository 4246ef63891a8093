// The lesson of a screen that stays after the end: a board on its wall, a helper's phone.
import { useEffect, useMemo, useState } from "preact/hooks";
import { enterLesson, type Lesson } from "./lesson";

/** After the end the server closes the screen: it looks now and then whether the lesson was opened again. */
const lookAgain = 20_000;

export const isOver = (lesson: Lesson): boolean =>
  lesson.closed.value === "lesson-ended" || lesson.refusal.value?.code === "lesson-ended" || lesson.store.one("pace")?.phase === "ended";

/**
 * @param scope whose commands the outbox keeps
 * @param enter a test's own lessons
 * @returns `ended`: it is over as far as this lesson knows. `hadEnded`: or the one before it was, and this one looks again: it knows nothing yet.
 */
export function useLessonAgain(
  classroomId: string,
  scope: string,
  ticket: string,
  enter = enterLesson,
): { lesson: Lesson; ended: boolean; hadEnded: boolean } {
  const [turn, setTurn] = useState(0);
  const lesson = useMemo(() => enter(classroomId, scope, ticket), [ticket, turn]);
  const ended = isOver(lesson);
  useEffect(() => () => lesson.leave(), [lesson]);
  useEffect(() => {
    if (!ended) return;
    const timer = setTimeout(() => setTurn((n) => n + 1), lookAgain);
    return () => clearTimeout(timer);
  }, [lesson, ended]);
  return { lesson, ended, hadEnded: ended || turn > 0 };
}
