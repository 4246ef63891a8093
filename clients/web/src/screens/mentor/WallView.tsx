import { useEffect, useMemo, useState } from "preact/hooks";
import { signOut } from "../../connection/session";
import { say, t } from "../../i18n";
import { w as account } from "../../i18n/account";
import { w } from "../../i18n/mentor";
import type { Session } from "../../protocol/http";
import { Looks } from "../../ui/Looks";
import { Button, Loading, Mark } from "../../ui/parts";
import { ConnectionDot, OfflineBanner, RefusalToast } from "../../ui/Status";
import { Hands } from "./Hands";
import { TileCard } from "./TileCard";
import { byNeed, watchCentre } from "./wall";

export function WallView({ session, onOut }: { session: Session; onOut: () => void }) {
  const wall = useMemo(() => watchCentre(session.id ?? ""), []);
  useEffect(() => () => wall.leave(), [wall]);
  const tiles = wall.tiles.value;
  const refusal = wall.refusal.value;
  const [withRehearsals, setWithRehearsals] = useState(false);
  const all = [...(tiles?.values() ?? [])];
  const rehearsals = all.filter((tile) => tile.rehearsal).length;
  // Nobody waits for help in a rehearsal: it is on the wall of who asks for it.
  const list = all.filter((tile) => withRehearsals || !tile.rehearsal).sort(byNeed);
  const students = list.reduce((n, tile) => n + tile.joined, 0);
  return (
    <div class="wall">
      <header class="bar-top">
        <Mark size={36} />
        <h1 class="name cut">{session.name ?? w().title}</h1>
        {tiles && (
          <span class="pill sky nowrap" data-testid="sessions">
            {w().sessions(list.length, students)}
          </span>
        )}
        {wall.state.value !== "live" && <ConnectionDot state={wall.state} />}
        {rehearsals > 0 && (
          <button
            type="button"
            class={`pill ${withRehearsals ? "sky" : ""}`}
            aria-pressed={withRehearsals}
            onClick={() => setWithRehearsals(!withRehearsals)}
            data-testid="with-rehearsals"
          >
            {w().rehearsals(rehearsals)}
          </button>
        )}
        <span class="push muted order">{w().order}</span>
        <Looks />
        <a class="btn quiet compact" href="/accounts#own">
          {account().own}
        </a>
        <Button kind="quiet" compact onClick={() => void signOut().then(onOut)}>
          {account().out}
        </Button>
      </header>
      <OfflineBanner lesson={wall} />
      <RefusalToast outbox={wall.outbox} late />
      {refusal ? (
        <main class="loading">
          <p>{say(refusal)}</p>
        </main>
      ) : !tiles ? (
        <Loading>{t().connecting}</Loading>
      ) : (
        <main class="wall-body">
          <section class="tiles">
            {list.length === 0 && (
              <p class="card muted" data-testid="no-sessions">
                {w().none}
              </p>
            )}
            {list.map((tile) => (
              <TileCard key={tile.classroomId} tile={tile} />
            ))}
          </section>
          <Hands tiles={list} outbox={wall.outbox} me={session.id} mayClaim={session.role === "mentor"} />
        </main>
      )}
    </div>
  );
}
