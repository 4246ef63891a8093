import { api } from "../../connection/api";
import { w } from "../../i18n/accounts";
import type { AccountRow } from "../../protocol/http";
import { Button, Pill, timeOf } from "../../ui/parts";
import { Confirm } from "../../ui/Sheet";
import type { Desk } from "./desk";
import { CentrePick, RolePick } from "./picks";

export function AccountCard({ account: a, isMe, desk: { all, act, busy } }: { account: AccountRow; isMe: boolean; desk: Desk }) {
  const ofOrganisation = a.login === undefined;
  const off = a.disabledAt !== undefined;
  return (
    <article class={`card stack tight ${off ? "off" : ""}`} data-testid={`account-${a.login ?? a.id}`}>
      <div class="row apart wrap">
        <b class="cut">
          <bdi>{a.name}</bdi>
        </b>
        {isMe && <Pill tone="sky">{w().you}</Pill>}
      </div>
      <p class="small muted">
        {a.login && <span class="login">{a.login} · </span>}
        {a.lastSignInAt ? w().lastSignIn(dateOf(a.lastSignInAt)) : w().never}
      </p>
      {a.disabledAt && <p class="small strong">{w().disabledSince(dateOf(a.disabledAt))}</p>}
      {ofOrganisation ? <p class="small">{w().organisation}</p> : !a.hasPassword && <p class="small strong">{w().noPassword}</p>}
      <div class="picks">
        <RolePick
          value={a.role ?? ""}
          disabled={busy || ofOrganisation || isMe}
          onPick={(role) => void act(() => api.setRole(a.id, role))}
        />
        <CentrePick
          value={a.centreId ?? ""}
          centres={all.centres}
          disabled={busy || ofOrganisation}
          onPick={(centreId) => void act(() => api.setCentre(a.id, centreId))}
        />
      </div>
      <div class="row wrap">
        {!ofOrganisation && !off && (
          <Button
            kind="line"
            compact
            disabled={busy}
            onClick={() => void act(async () => ({ ...(await api.passwordLink(a.id)), name: a.name }))}
            data-testid="make-link"
          >
            {w().link}
          </Button>
        )}
        {!off && (
          <Confirm
            label={w().out}
            ask={w().outAsk}
            yes={w().yes}
            kind="quiet"
            disabled={busy}
            onYes={() => void act(() => api.signOutEverywhere(a.id))}
            testid="everywhere"
          />
        )}
        {off ? (
          <Button kind="line" compact disabled={busy} onClick={() => void act(() => api.enable(a.id))} data-testid="enable">
            {w().enable}
          </Button>
        ) : (
          !isMe && (
            <Confirm
              label={w().disable}
              ask={w().disableAsk}
              yes={w().yes}
              kind="hot"
              disabled={busy}
              onYes={() => void act(() => api.disable(a.id))}
              testid="disable"
            />
          )
        )}
      </div>
    </article>
  );
}

/** 26.11.2026 09:05, where the person is. */
function dateOf(time: string): string {
  const at = new Date(time);
  const two = (n: number) => `${n}`.padStart(2, "0");
  return `${two(at.getDate())}.${two(at.getMonth() + 1)}.${at.getFullYear()} ${timeOf(time)}`;
}
