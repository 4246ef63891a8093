import { useEffect, useState } from "preact/hooks";
import { inLanguage, t } from "../../i18n";
import { w } from "../../i18n/board";
import { w as roomWords } from "../../i18n/rooms";
import { address, afterPatience, hostOf, joinOrigin, troubleOf } from "../../lesson/address";
import { useLesson } from "../../lesson/context";
import { showCode } from "../../lesson/joinCode";
import { roomOfBoard } from "../../lesson/rooms";
import type { Pace } from "../../protocol/types";
import { AddressNote } from "../../ui/AddressNote";
import { Mark } from "../../ui/parts";
import { JoinQr } from "./BoardHeader";

const most = 18;

/** The class gathers: a giant code, a QR code, how many are in. Nicknames are picked from the themed list, never typed. */
export function Lobby({ pace }: { pace: Pace }) {
  const lesson = useLesson();
  const [isLate, setLate] = useState(false);
  useEffect(() => afterPatience(() => setLate(true)), []);
  const host = hostOf(joinOrigin());
  const plan = lesson.store.one("plan");
  const names = [...lesson.store.all("seat").values()].map((s) => s.nickname);
  const shown = names.slice(-most);
  const more = pace.joined - shown.length;
  const room = roomOfBoard(lesson);
  return (
    <>
      <header class="head">
        <Mark size={54} />
        <h1 class="title">{inLanguage(plan?.title)}</h1>
        <span class="muted">
          {plan?.className} · {plan?.teacherName}
          {room && ` · ${room.name ?? roomWords().hub}`}
        </span>
      </header>
      <main class="gather">
        <div class="stack wide">
          {plan?.joinCode && !pace.locked ? (
            <>
              <p class="how">{host && w().lobby.open(host)}</p>
              <p class="giant">{showCode(plan.joinCode)}</p>
            </>
          ) : (
            <>
              <p class="giant word">{w().lobby.closed}</p>
              <p class="how">{w().lobby.soon}</p>
            </>
          )}
          {!pace.locked && <AddressNote trouble={troubleOf(address.value, pace.joined, isLate)} host={host} />}
          <div class="people" aria-live="polite">
            {shown.map((n) => (
              <span class="pill" key={n}>
                {n}
              </span>
            ))}
            {more > 0 && shown.length > 0 && <span class="pill sky">{w().lobby.more(more)}</span>}
          </div>
        </div>
        <div class="card invite">
          {plan?.joinCode && !pace.locked && <JoinQr code={plan.joinCode} />}
          <b data-testid="joined">
            {room ? `${roomWords().inRoom(room.joined)} · ${roomWords().inAll(pace.joined)}` : t().joined(pace.joined)}
          </b>
        </div>
      </main>
    </>
  );
}
