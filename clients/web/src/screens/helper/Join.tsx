import { api } from "../../connection/api";
import { w } from "../../i18n/helper";
import { hostOf, joinOrigin } from "../../lesson/address";
import { showCode } from "../../lesson/joinCode";
import { joinLink } from "../../lesson/joinLink";
import type { Helped } from "../../protocol/types";
import { Card } from "../../ui/parts";

/** The code large, for who comes late; by its QR a child is asked for no room. */
export function Join({ room }: { room: Helped }) {
  const origin = joinOrigin();
  if (!room.joinCode) return null;
  const link = joinLink(origin ?? "", room.joinCode, room.isOneOfSeveral ? room.room : undefined);
  return (
    <Card class="join-card">
      <h2>{w().code}</h2>
      <b class="code-text">{showCode(room.joinCode)}</b>
      {origin && (
        <>
          <span class="muted">{hostOf(origin)}</span>
          <img class="qr" src={api.qr(link)} alt={link} width={220} height={220} />
        </>
      )}
      <p class="small muted">{w().codeHow}</p>
    </Card>
  );
}
