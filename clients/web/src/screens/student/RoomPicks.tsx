import { w } from "../../i18n/rooms";
import type { RoomCard } from "../../protocol/http";
import { Theirs } from "../../ui/Theirs";

type Props = { rooms: readonly RoomCard[]; picked: number | undefined; onPick: (room: number) => void };

/** Which of the lesson's rooms the child sits in: one press. */
export function RoomPicks({ rooms, picked, onPick }: Props) {
  return (
    <fieldset class="stack" data-testid="rooms">
      <legend class="strong">{w().which}</legend>
      <div class="names">
        {rooms.map(({ number, name }) => (
          <button
            type="button"
            key={number}
            class="pick name"
            aria-pressed={number === picked}
            onClick={() => onPick(number)}
            data-testid={`room-${number}`}
          >
            {name ? <Theirs>{name}</Theirs> : w().hub}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
