// The lesson that a screen's components share, by context.
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Lesson } from "./lesson";

export const LessonContext = createContext<Lesson | undefined>(undefined);

export function useLesson(): Lesson {
  const lesson = useContext(LessonContext);
  if (!lesson) throw new Error("no lesson around");
  return lesson;
}
