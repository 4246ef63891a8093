import { useState } from "preact/hooks";
import { ownNames, t } from "../../../i18n";
import { w as roomWords } from "../../../i18n/rooms";
import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import { numberOf, roomsOf } from "../../../lesson/rooms";
import { isHere, nameOf, seatsOf } from "../../../lesson/seats";
import { exchangesOf, flagsOf } from "../../../lesson/threads";
import type { Pace, Seat } from "../../../protocol/types";
import { fits, Length } from "../../../ui/Length";
import { Button } from "../../../ui/parts";
import { Outcome } from "../../../ui/Status";
import { isolated, Theirs } from "../../../ui/Theirs";
import { ClassSize } from "../lobby/ClassSize";
import { Act, useSend } from "../parts/Act";
import { labelOf } from "../rooms/names";
import { RoomSelect } from "../rooms/RoomSelect";
import { Flags } from "../tutor/Flags";
import { Incidents } from "../tutor/Incidents";
import { transcript } from "../tutor/openTranscript";
import { ClassList } from "./ClassList";
import { Crowd } from "./Crowd";
import { Forget, ForgottenOnes } from "./Forget";
import { Remove } from "./Remove";
import { Removed } from "./Removed";

/** Everybody with a seat, and whether others may still join. */
export function Roster({ pace, empty }: { pace: Pace; empty?: string }) {
  const lesson = useLesson();
  const seats = seatsOf(lesson);
  const barred = lesson.store.one("entrance")?.barred ?? 0;
  const shared = new Map<string, number>();
  for (const [, { device }] of seats) if (device) shared.set(device, (shared.get(device) ?? 0) + 1);
  const rooms = roomsOf(lesson);
  const list = (some: [string, Seat][]) => (
    <ul class="plain roster">
      {some.map(([id, seat]) => (
        <Row key={id} id={id} seat={seat} here={isHere(lesson, id)} others={seat.device ? (shared.get(seat.device) ?? 1) - 1 : 0} />
      ))}
    </ul>
  );
  return (
    <section class="card stack">
      <div class="row apart wrap">
        <h2>
          {w().tabs.students} <span class="count">{seats.length}</span>
        </h2>
        {pace.phase !== "ended" && (
          <div class="row">
            {pace.locked && <span class="pill warn">{w().lobby.locked}</span>}
            <Act name={pace.locked ? "UnlockLobby" : "LockLobby"} fields={{}} kind="quiet" testid="lock-lobby">
              {pace.locked ? w().lobby.unlock : w().lobby.lock}
            </Act>
          </div>
        )}
      </div>
      {pace.phase === "live" && <ClassSize pace={pace} />}
      {barred > 0 && (
        <div class="row wrap">
          <span class="pill warn">{w().students.barred(barred)}</span>
          <Act name="LiftBars" fields={{}} kind="quiet" testid="lift-bars">
            {w().students.lift}
          </Act>
        </div>
      )}
      {pace.phase !== "ended" && <Crowd />}
      {seats.length === 0 && <p class="muted">{empty ?? w().students.none}</p>}
      {rooms.length === 0
        ? list(seats)
        : rooms.map((room) => (
            <div key={room.number} class="stack tight" data-testid={`seats-of-${room.number}`}>
              <h3>
                {labelOf(room)} <span class="count">{room.joined}</span>
              </h3>
              {list(seats.filter(([, s]) => numberOf(s) === room.number))}
            </div>
          ))}
      {pace.phase !== "ended" && <ClassList />}
      <Removed />
      <ForgottenOnes />
      {lesson.store.all("incident").size > 0 && <Incidents />}
    </section>
  );
}

function Row({ id, seat, here, others }: { id: string; seat: Seat; here: boolean; others: number }) {
  const [naming, setNaming] = useState(false);
  const lesson = useLesson();
  const { send, sent } = useSend();
  const thread = lesson.store.one("thread", id);
  return (
    <li class="seat" data-testid={`seat-${id}`}>
      <span class={`dot ${here ? "live" : ""}`} />
      <span class="who">
        <b>
          <Theirs>{seat.nickname}</Theirs>
        </b>
        <span class="muted small">
          {here ? w().students.here : w().students.away}
          {seat.language && ` · ${ownNames[seat.language].full}`}
          {seat.level && ` · ${t().levels[seat.level]}`}
          {seat.team !== undefined && ` · ${t().team(seat.team)}`}
          {seat.sharedWith
            ? ` · ${w().students.sharedWith(seat.sharedWith.map((x) => isolated(nameOf(lesson, x))).join(", "))}`
            : others > 0 && ` · ${w().students.sameDevice(others)}`}
        </span>
        {thread && (
          <span class="row wrap flags">
            <span class="small">{w().tutor.asked(thread.count)}</span>
            <Flags names={flagsOf(thread)} />
          </span>
        )}
      </span>
      {naming ? (
        <Rename id={id} seat={seat} onDone={() => setNaming(false)} />
      ) : (
        <span class="row wrap end">
          {thread && (
            <Button
              kind="line"
              compact
              onClick={() => {
                transcript.value = id;
              }}
              data-testid={`transcript-${id}`}
            >
              {exchangesOf(lesson, id).length < thread.count ? w().tutor.read : w().work.read}
            </Button>
          )}
          <RoomSelect
            label={roomWords().roomOf(seat.nickname)}
            value={numberOf(seat)}
            onPick={(room) => send("MoveToRoom", { studentId: id, room })}
            testid={`room-of-${id}`}
          />
          <Outcome sent={sent} />
          <Button kind="bare" compact onClick={() => setNaming(true)} data-testid={`rename-${id}`}>
            {w().students.rename}
          </Button>
          <Forget id={id} nickname={seat.nickname} shares={seat.sharedWith !== undefined} />
          <Remove id={id} seat={seat} others={others} />
        </span>
      )}
    </li>
  );
}

function Rename({ id, seat, onDone }: { id: string; seat: Seat; onDone: () => void }) {
  const [name, setName] = useState(seat.nickname);
  const { send, sent } = useSend();
  const submit = (e: Event) => {
    e.preventDefault();
    void send("RenameStudent", { studentId: id, nickname: name.trim() }).done.then((r) => {
      if (!r.refusal) onDone();
    });
  };
  return (
    <form class="row wrap end" onSubmit={submit}>
      <input type="text" autofocus aria-label={w().students.newName} value={name} onInput={(e) => setName(e.currentTarget.value)} />
      <Length text={name} max={24} />
      <Button type="submit" compact disabled={name.trim() === "" || name.trim() === seat.nickname || !fits(name, 24)}>
        {t().save}
      </Button>
      <Button kind="quiet" compact onClick={onDone}>
        {t().cancel}
      </Button>
      <Outcome sent={sent} />
    </form>
  );
}
