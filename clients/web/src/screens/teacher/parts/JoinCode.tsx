import { useState } from "preact/hooks";
import { api, refusalOf } from "../../../connection/api";
import { say, t } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import { address, hostOf, isThisMachine, joinOrigin, lookAtAddress, troubleOf } from "../../../lesson/address";
import { useLesson } from "../../../lesson/context";
import { showCode } from "../../../lesson/joinCode";
import { joinLink } from "../../../lesson/joinLink";
import type { Refusal } from "../../../protocol/types";
import { AddressNote } from "../../../ui/AddressNote";
import { Choice } from "../../../ui/parts";
import { useRoomChoice } from "../rooms/RoomChoice";
import { Entrance } from "./Entrance";

/** The code large, with its QR. */
export function JoinCode({ code }: { code: string }) {
  const origin = joinOrigin();
  const joined = useLesson().store.one("pace")?.joined ?? 0;
  const { room, choice } = useRoomChoice();
  const link = joinLink(origin ?? "", code, room);
  return (
    <div class="stack">
      {choice}
      <div class="code-large">
        {origin ? <img src={api.qr(link)} alt="" width={168} height={168} /> : <span class="qr-to-come" />}
        <div class="stack tight">
          <b class="code-text">{showCode(code)}</b>
          <span class="muted small">{w().head.codeHow}</span>
          {origin && (
            <a href={link} target="_blank" rel="noreferrer" data-testid="join-address">
              {hostOf(origin)}
            </a>
          )}
          <Entrance />
        </div>
        <span class="unseen">{t().name}</span>
      </div>
      {/* The board says when nobody comes. */}
      <AddressNote trouble={troubleOf(address.value, joined, false)} host={hostOf(origin)} />
      <Networks />
    </div>
  );
}

/** Only on the box itself, and where it is in several networks: which one the phones are in. */
function Networks() {
  const [refusal, setRefusal] = useState<Refusal>();
  const known = address.value;
  const choices = [...(known?.choices ?? [])].sort((a, b) => a.network.localeCompare(b.network));
  if (known?.reach !== "network" || choices.length < 2 || !isThisMachine(location.hostname)) return null;
  const choose = (url: string) => {
    setRefusal(undefined);
    api.chooseAddress(url).then(lookAtAddress, (error) => setRefusal(refusalOf(error)));
  };
  const nameOf = (url: string) => `${hostOf(url)} · ${choices.find((c) => c.url === url)?.network ?? ""}`;
  return (
    <div class="stack tight" data-testid="networks">
      <b class="small">{w().head.network}</b>
      <Choice label={w().head.network} value={known.url ?? undefined} options={choices.map((c) => c.url)} name={nameOf} onPick={choose} />
      {refusal && (
        <span class="refused" role="alert">
          {say(refusal)}
        </span>
      )}
    </div>
  );
}
