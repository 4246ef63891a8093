import { secondsLeft, secondsUntil } from "../../connection/clock";
import { inLanguage, t } from "../../i18n";
import { w } from "../../i18n/helper";
import { w as rooms } from "../../i18n/rooms";
import { useLesson } from "../../lesson/context";
import type { Helped } from "../../protocol/types";
import { Card, Timer } from "../../ui/parts";
import { Theirs } from "../../ui/Theirs";

/** As the teacher calls the room; the hub may have no name. */
export const roomLabel = (room: Helped): string => room.roomName ?? rooms().hub;

/** Where the lesson is, whose it is, and whether this room's board is on. */
export function Step({ room }: { room: Helped }) {
  const lesson = useLesson();
  const q = room.question;
  const endsAt = q?.status === "open" ? q.endsAt : undefined;
  const on = room.boards.some((id) => lesson.present.value.has(id));
  return (
    <Card>
      <h2>{room.phase === "live" && room.stepTitle ? inLanguage(room.stepTitle) : w().lobby}</h2>
      {room.phase === "live" && room.step !== undefined && (
        <p class="row wrap apart">
          <span class="muted">{w().step(room.step, room.steps)}</span>
          {/* One clock at a time, as on the board. */}
          {endsAt && <Until time={endsAt} />}
          {!endsAt && room.stepStartedAt && room.stepMinutes !== undefined && (
            <Left since={room.stepStartedAt} minutes={room.stepMinutes} />
          )}
        </p>
      )}
      <p class="muted">
        {w().teacher}: <Theirs>{room.teacherName}</Theirs> · <Theirs>{room.className}</Theirs>
      </p>
      <p class="row" data-testid="board">
        <span class={`dot ${room.boards.length === 0 ? "" : on ? "live" : "offline"}`} />
        {room.boards.length === 0 ? w().noBoard : on ? w().boardOn : w().boardOff}
      </p>
    </Card>
  );
}

function Until({ time }: { time: string }) {
  const left = secondsUntil(time);
  return <b class="nowrap">{left > 0 ? <Timer left={() => left} /> : t().timeOver}</b>;
}

function Left({ since, minutes }: { since: string; minutes: number }) {
  const left = Math.ceil(secondsLeft(since, minutes) / 60);
  return <b class="nowrap">{left > 0 ? t().minutesLeft(left) : t().timeOver}</b>;
}
