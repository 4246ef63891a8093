import { useState } from "preact/hooks";
import { api, refusalOf } from "../../../connection/api";
import { say } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";

/** Opens the board in another tab of this browser.
 *  @param room where it hangs; undefined: in the only one, or the hub */
export function useOpenBoard(room?: number): { open: () => void; trouble: string | undefined } {
  const lesson = useLesson();
  const [trouble, setTrouble] = useState<string>();
  const open = () => {
    // The tab is opened by the press itself; after the answer a browser would take it for an advertisement.
    const tab = window.open("", "_blank");
    if (!tab) return setTrouble(w().board.blocked);
    setTrouble(undefined);
    api.boardTicket(lesson.classroomId, room).then(
      ({ ticket }) => {
        tab.location.href = `/board#ticket=${encodeURIComponent(ticket)}&classroom=${lesson.classroomId}`;
      },
      (error) => {
        tab.close();
        setTrouble(say(refusalOf(error)));
      },
    );
  };
  return { open, trouble };
}
