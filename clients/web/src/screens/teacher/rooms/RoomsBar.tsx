import { w } from "../../../i18n/rooms";
import { openQuestion } from "../../../lesson/answers";
import { useLesson } from "../../../lesson/context";
import { helperOf, newsOf, roomsOf } from "../../../lesson/rooms";
import type { Pace } from "../../../protocol/types";
import { isolated } from "../../../ui/Theirs";
import { labelOf } from "./names";

/** How each room is doing, side by side; nothing where there is one. */
export function RoomsBar({ pace }: { pace: Pace }) {
  const lesson = useLesson();
  const rooms = roomsOf(lesson);
  if (rooms.length === 0) return null;
  const open = openQuestion(lesson);
  const ask = open && { questionId: open[0], round: open[1].round };
  const workStep = pace.stepId && lesson.store.one("step", pace.stepId)?.task ? pace.stepId : undefined;
  return (
    <ul class="plain rooms-bar" aria-label={w().title} data-testid="rooms-bar">
      {rooms.map((room) => {
        const helper = helperOf(lesson, room.number);
        const news = newsOf(lesson, room.number, ask, workStep);
        return (
          <li key={room.number} class="row wrap" data-testid={`room-news-${room.number}`}>
            <b class="cut">{labelOf(room)}</b>
            <span class="small">{w().joined(room.joined, news.here)}</span>
            {news.hands > 0 && pace.phase !== "ended" && <span class="pill warn">{w().hands(news.hands)}</span>}
            {ask && room.joined > 0 && <span class="pill sky">{w().answered(news.answered, room.joined)}</span>}
            {pace.phase === "live" && (room.lost ?? 0) > 0 && <span class="pill hot">{w().lost(room.lost ?? 0, room.joined)}</span>}
            {helper?.name && <span class={`pill cut ${helper.here ? "ok" : ""}`}>{w().helper.pill(isolated(helper.name))}</span>}
            {workStep && news.missing > 0 && <span class="pill">{w().notHandedIn(news.missing)}</span>}
          </li>
        );
      })}
    </ul>
  );
}
