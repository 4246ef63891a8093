import { useLesson } from "../../../lesson/context";
import { roomsOf } from "../../../lesson/rooms";
import { labelOf } from "./names";

type Props = { label: string; value: number; onPick: (room: number) => void; testid?: string };

/** A room of the lesson; nothing to choose where there is one, and none of them any more when the lesson is over. */
export function RoomSelect({ label, value, onPick, testid }: Props) {
  const lesson = useLesson();
  const rooms = roomsOf(lesson);
  if (rooms.length === 0) return null;
  if (lesson.store.one("pace")?.phase === "ended")
    return (
      <span class="pill cut" data-testid={testid}>
        <span class="unseen">{label}:</span> {labelOf(rooms.find((r) => r.number === value) ?? {})}
      </span>
    );
  return (
    <select
      class="room"
      aria-label={label}
      value={String(value)}
      onChange={(e) => onPick(Number(e.currentTarget.value))}
      data-testid={testid}
    >
      {rooms.map((room) => (
        <option key={room.number} value={String(room.number)}>
          {labelOf(room)}
        </option>
      ))}
    </select>
  );
}
