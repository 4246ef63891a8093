import { useState } from "preact/hooks";
import { t } from "../../../i18n";
import { w } from "../../../i18n/rooms";
import { w as teacher } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import { hub } from "../../../lesson/joinLink";
import { type Room, roomsOf } from "../../../lesson/rooms";
import { fits, Length } from "../../../ui/Length";
import { Button } from "../../../ui/parts";
import { Outcome } from "../../../ui/Status";
import { Act, useSend } from "../parts/Act";
import { labelOf } from "./names";
import { RoomHelper } from "./RoomHelper";

/** As the server takes it. */
const longest = 24;

/** The rooms that take part: one more, another name, one less. */
export function Rooms() {
  const lesson = useLesson();
  const rooms = roomsOf(lesson);
  const over = lesson.store.one("pace")?.phase === "ended";
  if (over && rooms.length === 0) return null;
  return (
    <section class="stack" data-testid="rooms">
      <h3>{w().title}</h3>
      <p class="muted small">{over ? w().over : w().about}</p>
      {rooms.length > 0 && !over && <p class="muted small">{w().helper.about}</p>}
      {rooms.length > 0 && (
        <ul class="plain stack">
          {rooms.map((room) => (
            <Row key={room.number} room={room} over={over} />
          ))}
        </ul>
      )}
      {!over && <Add />}
    </section>
  );
}

function Row({ room, over }: { room: Room; over: boolean }) {
  const [naming, setNaming] = useState(false);
  if (naming && !over) return <li>{<Name room={room} onDone={() => setNaming(false)} />}</li>;
  return (
    <li class="stack tight" data-testid={`room-${room.number}`}>
      <span class="row wrap apart">
        <b class="cut">{labelOf(room)}</b>
        {!over && (
          <span class="row wrap">
            <Button kind="bare" compact onClick={() => setNaming(true)} data-testid={`rename-room-${room.number}`}>
              {teacher().students.rename}
            </Button>
            {room.number !== hub && (
              <Act name="CloseRoom" fields={{ room: room.number }} kind="quiet" ask={w().closeAsk} testid={`close-room-${room.number}`}>
                {w().close}
              </Act>
            )}
          </span>
        )}
      </span>
      {!over && <RoomHelper room={room.number} />}
    </li>
  );
}

function Name({ room, onDone }: { room: Room; onDone: () => void }) {
  const [name, setName] = useState(room.name ?? "");
  const { send, sent } = useSend();
  const submit = (e: Event) => {
    e.preventDefault();
    void send("RenameRoom", { room: room.number, name: name.trim() }).done.then((r) => {
      if (!r.refusal) onDone();
    });
  };
  return (
    <form class="row wrap" onSubmit={submit}>
      <input type="text" autofocus aria-label={w().newName} value={name} onInput={(e) => setName(e.currentTarget.value)} />
      <Length text={name} max={longest} />
      <Button type="submit" compact disabled={name.trim() === "" || name.trim() === room.name || !fits(name, longest)}>
        {t().save}
      </Button>
      <Button kind="quiet" compact onClick={onDone}>
        {t().cancel}
      </Button>
      <Outcome sent={sent} />
    </form>
  );
}

function Add() {
  const [name, setName] = useState("");
  const { send, sent } = useSend();
  const submit = (e: Event) => {
    e.preventDefault();
    void send("AddRoom", { name: name.trim() }).done.then((r) => {
      if (!r.refusal) setName("");
    });
  };
  return (
    <form class="row wrap" onSubmit={submit}>
      <input
        type="text"
        aria-label={w().newName}
        placeholder={w().newName}
        value={name}
        onInput={(e) => setName(e.currentTarget.value)}
        data-testid="room-name"
      />
      <Length text={name} max={longest} />
      <Button type="submit" kind="line" compact disabled={name.trim() === "" || !fits(name, longest)} data-testid="add-room">
        {w().add}
      </Button>
      <Outcome sent={sent} />
    </form>
  );
}
