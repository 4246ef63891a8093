import { useEffect, useState } from "preact/hooks";
import { api, refusalOf } from "../../connection/api";
import { signOut } from "../../connection/session";
import { say, t } from "../../i18n";
import { w as account } from "../../i18n/account";
import { w } from "../../i18n/accounts";
import { joinOrigin, useAddress } from "../../lesson/address";
import type { Accounts } from "../../protocol/http";
import type { Refusal } from "../../protocol/types";
import { Looks } from "../../ui/Looks";
import { Button, Loading, Mark } from "../../ui/parts";
import { AccountCard } from "./AccountCard";
import { AddAccount } from "./AddAccount";
import type { Desk, Given } from "./desk";

/** Who has an account, in which role and centre; made, disabled and given a new password here. */
export function AccountsView({ me, onOut }: { me: string; onOut: () => void }) {
  const [all, setAll] = useState<Accounts>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [given, setGiven] = useState<Given>();
  const [busy, setBusy] = useState(false);
  const read = () => api.accounts().then(setAll, (error) => setRefusal(refusalOf(error)));
  useEffect(() => void read(), []);
  const act: Desk["act"] = async (what) => {
    setBusy(true);
    setRefusal(undefined);
    setGiven(undefined);
    try {
      const came = await what();
      if (isGiven(came)) setGiven(came);
      return true;
    } catch (error) {
      setRefusal(refusalOf(error));
      return false;
    } finally {
      await read();
      setBusy(false);
    }
  };
  return (
    <div class="accounts">
      <header class="bar-top">
        <Mark size={36} />
        <h1 class="name cut">{w().title}</h1>
        <span class="push" />
        <Looks />
        <Button kind="quiet" compact onClick={() => void signOut().then(onOut)}>
          {account().out}
        </Button>
      </header>
      <main class="accounts-body stack">
        <div aria-live="polite">
          {refusal && (
            <p class="card hot" role="alert" data-testid="refused">
              {say(refusal)}
            </p>
          )}
          {given && <Link given={given} />}
        </div>
        {all ? (
          <>
            <AddAccount desk={{ all, act, busy }} />
            <div class="list">
              {all.accounts.map((a) => (
                <AccountCard key={a.id} account={a} isMe={a.id === me} desk={{ all, act, busy }} />
              ))}
            </div>
          </>
        ) : (
          !refusal && <Loading>{t().loading}</Loading>
        )}
        <nav class="row wrap">
          <a class="btn line" href="/operator">
            {w().operator}
          </a>
          <a class="btn line" href="/mentor">
            {w().wall}
          </a>
          <a class="btn line" href="/accounts#own">
            {w().own}
          </a>
        </nav>
      </main>
    </div>
  );
}

const isGiven = (came: unknown): came is Given => typeof came === "object" && came !== null && "token" in came;

function Link({ given }: { given: Given }) {
  useAddress();
  const link = `${joinOrigin() ?? location.origin}/accounts#link=${given.token}`;
  return (
    <section class="card ok stack tight" data-testid="link">
      <p class="strong">
        <bdi>{w().linkFor(given.name)}</bdi>
      </p>
      <input
        type="text"
        readonly
        value={link}
        aria-label={w().linkFor(given.name)}
        onFocus={(e) => e.currentTarget.select()}
        data-testid="link-text"
      />
      <p class="small">{w().linkOnce}</p>
    </section>
  );
}
