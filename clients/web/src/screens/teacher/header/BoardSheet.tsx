import { useState } from "preact/hooks";
import { api, refusalOf } from "../../../connection/api";
import { languages, ownNames, say, t } from "../../../i18n";
import { w as roomWords } from "../../../i18n/rooms";
import { w } from "../../../i18n/teacher";
import { hostOf, joinOrigin } from "../../../lesson/address";
import { useLesson } from "../../../lesson/context";
import { numberOf } from "../../../lesson/rooms";
import { byTime } from "../../../lesson/time";
import { type Language, type Level, levels, type Pace, type Refusal } from "../../../protocol/types";
import { Button, Choice, timeOf } from "../../../ui/parts";
import { Sheet } from "../../../ui/Sheet";
import { Outcome } from "../../../ui/Status";
import { Act, useSend } from "../parts/Act";
import { useRoomChoice } from "../rooms/RoomChoice";
import { RoomSelect } from "../rooms/RoomSelect";
import { useOpenBoard } from "./useOpenBoard";

export function BoardSheet({ pace, onClose }: { pace: Pace; onClose: () => void }) {
  const { send, sent } = useSend();
  const [language, level] = pace.boardVariant.split("-") as [Language, Level];
  const { room, choice } = useRoomChoice();
  const { open, trouble } = useOpenBoard(room);
  return (
    <Sheet title={w().head.board} onClose={onClose}>
      {choice}
      <Button big onClick={open} data-testid="open-board">
        {w().board.here}
      </Button>
      {trouble && (
        <p class="refused" role="alert">
          {trouble}
        </p>
      )}
      <Pair room={room} />
      <Paired />
      <button
        type="button"
        role="switch"
        class="switch start"
        aria-checked={!pace.heatHidden}
        onClick={() => send("ShowHeat", { on: pace.heatHidden === true }, "heat")}
        data-testid="show-heat"
      >
        <i />
        {w().board.heat}
      </button>
      <div class="stack">
        <h3>{w().board.variant}</h3>
        <Choice
          label={t().language}
          value={language}
          options={languages}
          name={(l) => ownNames[l].full}
          onPick={(l) => send("SetBoardVariant", { language: l, level }, "board-variant")}
        />
        <Choice
          label={t().level}
          value={level}
          options={levels}
          name={(l) => t().levels[l]}
          onPick={(l) => send("SetBoardVariant", { language, level: l }, "board-variant")}
        />
        <Outcome sent={sent} saved />
      </div>
    </Sheet>
  );
}

/** The boards that may look, each with a way to end that. */
function Paired() {
  const { send, sent } = useSend();
  const boards = [...useLesson().store.all("board")].sort(([, a], [, b]) => byTime(a.pairedAt ?? "", b.pairedAt ?? ""));
  if (boards.length === 0) return null;
  return (
    <div class="stack tight">
      <h3>{w().board.list}</h3>
      <ul class="plain stack tight">
        {boards.map(([id, { pairedAt, draws, ...board }]) => (
          <li key={id} class="row wrap apart">
            {pairedAt && w().board.since(timeOf(pairedAt))}
            <RoomSelect
              label={roomWords().room}
              value={numberOf(board)}
              onPick={(to) => send("MoveBoard", { boardId: id, room: to })}
              testid={`board-room-${id}`}
            />
            <Pen boardId={id} draws={draws === true} />
            <Act name="UnpairBoard" fields={{ boardId: id }} kind="quiet" ask={w().board.unpairAsk} testid={`unpair-${id}`}>
              {w().board.unpair}
            </Act>
          </li>
        ))}
      </ul>
      <Outcome sent={sent} />
    </div>
  );
}

/** Whether this board may draw on all of them. The switch shows what the server has stored. */
function Pen({ boardId, draws }: { boardId: string; draws: boolean }) {
  const { send, sent } = useSend();
  return (
    <span class="row">
      <button
        type="button"
        role="switch"
        class="switch"
        aria-checked={draws}
        disabled={sent?.state.value === "sending" || sent?.state.value === "waiting"}
        onClick={() => send("LetBoardDraw", { boardId, draws: !draws }, `draw/${boardId}`)}
        data-testid={`draw-${boardId}`}
      >
        <i />
        {w().board.draws}
      </button>
      <Outcome sent={sent} />
    </span>
  );
}

function Pair({ room }: { room: number | undefined }) {
  const lesson = useLesson();
  const [digits, setDigits] = useState("");
  const [state, setState] = useState<"idle" | "busy" | "done">("idle");
  const [refusal, setRefusal] = useState<Refusal>();
  const submit = async (e: Event) => {
    e.preventDefault();
    setState("busy");
    setRefusal(undefined);
    try {
      await api.showBoard(lesson.classroomId, digits, room);
      setState("done");
      setDigits("");
    } catch (error) {
      setRefusal(refusalOf(error));
      setState("idle");
    }
  };
  return (
    <form class="stack tight" onSubmit={submit}>
      <h3>{w().board.pair}</h3>
      <p class="muted small">{w().board.pairHow(`${hostOf(joinOrigin() ?? location.origin)}/board`)}</p>
      <div class="row">
        <input
          type="text"
          inputMode="numeric"
          autocomplete="off"
          aria-label={w().board.pairing}
          placeholder="000000"
          maxLength={7}
          value={digits}
          onInput={(e) => {
            setDigits(e.currentTarget.value.replace(/\D/g, "").slice(0, 6));
            setState("idle");
          }}
          data-testid="pairing"
        />
        <Button type="submit" disabled={digits.length !== 6 || state === "busy"} data-testid="pair-board">
          {w().board.connect}
        </Button>
      </div>
      {state === "done" && (
        <span class="pill ok start" role="status">
          {w().board.paired}
        </span>
      )}
      {refusal && (
        <p class="refused" role="alert">
          {say(refusal)}
        </p>
      )}
    </form>
  );
}
