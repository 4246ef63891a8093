import { useLesson } from "../../../lesson/context";
import { roomsOf } from "../../../lesson/rooms";
import { labelOf } from "./names";

type Props = { label: string; value: number; onPick: (room: number) => void; testid?: string };

/** A room of the lesson; nothing to choose where there is one. */
export function RoomSelect({ label, value, onPick, testid }: Props) {
  const rooms = roomsOf(useLesson());
  if (rooms.length === 0) return null;
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
