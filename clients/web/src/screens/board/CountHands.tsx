import { useState } from "preact/hooks";
import { w } from "../../i18n/board";
import { classOf, count, handsIn } from "../../lesson/byHand";
import { useLesson } from "../../lesson/context";
import { hub } from "../../lesson/joinLink";
import { roomOfBoard } from "../../lesson/rooms";
import type { Question } from "../../protocol/types";
import { HandCount, longestOf, rowsOf } from "../../ui/HandCount";

/** Hands are counted at the board itself, by the teacher's finger, going on from what was counted there or at the console. */
export function CountHands({ id, q }: { id: string; q: Question }) {
  const lesson = useLesson();
  const [open, setOpen] = useState(false);
  const room = lesson.store.one("board", lesson.boardId.value ?? "")?.room ?? hub;
  const pace = lesson.store.one("pace");
  // Where everybody has a phone, as far as is known, there is nobody to count. In a room where nobody has one there is.
  if (
    q.status === "counted" ||
    q.status === "revealed" ||
    q.stemOnly ||
    (pace && pace.joined > 0 && classOf(pace) <= pace.joined && roomOfBoard(lesson)?.joined !== 0)
  )
    return null;
  return (
    <>
      <button type="button" class="show-options" aria-expanded={open} onClick={() => setOpen(!open)} data-testid="count-hands">
        {open ? w().handsDone : w().countHands}
      </button>
      {open && (
        <div class="card hands-panel">
          <HandCount
            key={`${id}/${q.round}`}
            rows={rowsOf(q)}
            counts={handsIn(lesson.store.one("tally", id), q.round, room)}
            most={pace?.classSize}
            longest={longestOf(q)}
            onCount={(next) => count(lesson, id, next)}
          />
        </div>
      )}
    </>
  );
}
