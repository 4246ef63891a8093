import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Lesson } from "../../lesson/lesson";

export const BoardContext = createContext<Lesson | undefined>(undefined);

export function useBoard(): Lesson {
  const lesson = useContext(BoardContext);
  if (!lesson) throw new Error("no lesson around");
  return lesson;
}
