import { w } from "../../i18n/student";
import { current, heldFor, sit } from "./seats";

/** The seats of a lesson that this device holds: children who share it change places with a press. */
export function SeatPicks({ code }: { code: string | readonly string[] }) {
  return (
    <div class="names" role="group" aria-label={w().phone.title}>
      {heldFor(code).map((seat) => (
        <button
          type="button"
          key={seat.studentId}
          class="pick name"
          aria-pressed={seat.studentId === current.value?.studentId}
          onClick={() => sit(seat)}
          data-testid={`sit-${seat.studentId}`}
        >
          {seat.nickname}
        </button>
      ))}
    </div>
  );
}
