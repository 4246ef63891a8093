import { useState } from "preact/hooks";
import { w } from "../../../i18n/rooms";
import { useLesson } from "../../../lesson/context";
import { roomsOf } from "../../../lesson/rooms";
import { Choice } from "../../../ui/parts";
import { labelOf } from "./names";

/** The room that a link or a board is for, at first the hub; undefined, and nothing to see, where there is one. */
export function useRoomChoice(): { room: number | undefined; choice: preact.ComponentChild } {
  const rooms = roomsOf(useLesson());
  const [picked, setPicked] = useState<number>();
  // One that was closed meanwhile is not there any more.
  const room = (rooms.find((r) => r.number === picked) ?? rooms[0])?.number;
  const choice = room && (
    <Choice
      label={w().room}
      value={String(room)}
      options={rooms.map((r) => String(r.number))}
      name={(n) => labelOf(rooms.find((r) => String(r.number) === n) ?? {})}
      onPick={(n) => setPicked(Number(n))}
      testid="room-choice"
    />
  );
  return { room, choice };
}
