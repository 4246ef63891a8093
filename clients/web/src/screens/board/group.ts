// The other group of a combined class, which this board shows too: with a ticket that it asks for each time its page is loaded.
import { useEffect, useMemo, useState } from "preact/hooks";
import { api, Refused } from "../../connection/api";
import { isOver } from "../../lesson/again";
import type { enterLesson, Lesson } from "../../lesson/lesson";
import type { PairedBoard } from "./paired";

const whenAway = 3000;
/** What is refused now is given where a lesson is reopened. */
const whenRefused = 20_000;
/** The other lesson knows this one a moment later, or has another group: so often it is asked, then not before the page is loaded again. */
const enough = 9;

/** @param wanted there is another group, as far as this board's own lesson knows
 *  @param group which one, while that is known: another one is asked for anew */
export function useOtherGroup(
  board: PairedBoard,
  wanted: boolean,
  group: string | undefined,
  enter: typeof enterLesson,
): Lesson | undefined {
  const [given, setGiven] = useState<PairedBoard>();
  const lesson = useMemo(
    () => given && enter(given.classroomId, `board/${given.ticket.slice(-16)}`, given.ticket),
    [given?.classroomId, given?.ticket],
  );
  useEffect(() => () => lesson?.leave(), [lesson]);
  const gone = lesson !== undefined && (isOver(lesson) || lesson.closed.value !== undefined || lesson.state.value === "closed");
  useEffect(() => {
    if (!wanted) return setGiven(undefined);
    if (lesson && !gone) return;
    let timer: ReturnType<typeof setTimeout>;
    let here = true;
    let alone = 0;
    const ask = () =>
      api.otherGroup(board.ticket).then(
        (reply) => here && setGiven(reply),
        (error) => {
          const refused = error instanceof Refused && error.status >= 400 && error.status < 500;
          if (error instanceof Refused && error.refusal.code === "not-combined" && ++alone === enough) return;
          if (here) timer = setTimeout(ask, refused ? whenRefused : whenAway);
        },
      );
    // One that is over is not there again at once.
    if (gone) timer = setTimeout(ask, whenRefused);
    else void ask();
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [board.ticket, wanted, group, lesson, gone]);
  return gone || !lesson?.store.one("pace") ? undefined : lesson;
}
