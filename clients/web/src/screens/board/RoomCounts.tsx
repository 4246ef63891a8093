import { w } from "../../i18n/rooms";
import { useLesson } from "../../lesson/context";
import { lostInAll, roomOfBoard, roomsOf } from "../../lesson/rooms";

/** How many of this board's room are lost, beside the whole lesson; nothing where that would say who, or where there is one room. */
export function RoomLost() {
  const lesson = useLesson();
  const room = roomOfBoard(lesson);
  if (!room?.lost) return null;
  const rooms = roomsOf(lesson);
  const all = lostInAll(rooms);
  return (
    <span class="pill hot" data-testid="room-lost">
      {w().lost(room.lost, room.joined)}
      {all !== undefined &&
        ` · ${w().lostAll(
          all,
          rooms.reduce((sum, r) => sum + r.joined, 0),
        )}`}
    </span>
  );
}
