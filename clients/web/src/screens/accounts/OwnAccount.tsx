import { useState } from "preact/hooks";
import { changePassword, leaveEverywhere } from "../../connection/session";
import { say } from "../../i18n";
import { w } from "../../i18n/accounts";
import type { Session } from "../../protocol/http";
import type { Refusal } from "../../protocol/types";
import { PasswordField } from "../../ui/PasswordField";
import { Button, LanguageSwitch, Mark, Working } from "../../ui/parts";
import { homes } from "./homes";

/** What somebody does with their own account: a new password, and an end of all its sessions. */
export function OwnAccount({ session, onOut }: { session: Session; onOut: () => void }) {
  const [refusal, setRefusal] = useState<Refusal>();
  const leave = async () => {
    const refused = await leaveEverywhere();
    setRefusal(refused);
    if (!refused) onOut();
  };
  return (
    <main class="door stack wide">
      <div class="row apart">
        <Mark size={48} />
        <LanguageSwitch short />
      </div>
      <div class="stack tight">
        <h1>{w().own}</h1>
        <p class="muted">{session.name}</p>
      </div>
      {session.hasPassword ? <NewPassword /> : <p class="card muted">{w().organisation}</p>}
      <div class="card stack">
        <p class="muted">{w().outOwnHint}</p>
        {refusal && (
          <p class="refused" role="alert">
            {say(refusal)}
          </p>
        )}
        <Button kind="line" onClick={() => void leave()} data-testid="leave-everywhere">
          {w().outOwn}
        </Button>
      </div>
      <a class="btn quiet" href={homes[session.role] ?? "/teach"}>
        {w().back}
      </a>
    </main>
  );
}

function NewPassword() {
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [busy, setBusy] = useState(false);
  const [share, setShare] = useState<number>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [changed, setChanged] = useState(false);
  const submit = async (e: Event) => {
    e.preventDefault();
    setBusy(true);
    setRefusal(undefined);
    setChanged(false);
    const refused = await changePassword(current, password, setShare);
    setShare(undefined);
    setRefusal(refused);
    setBusy(false);
    if (refused) return;
    setChanged(true);
    setCurrent("");
    setPassword("");
    setAgain("");
  };
  return (
    <form class="card stack" onSubmit={submit}>
      <PasswordField label={w().current} value={current} onChange={setCurrent} name="current" autocomplete="current-password" />
      <PasswordField label={w().choose} value={password} onChange={setPassword} name="password" autocomplete="new-password" />
      <PasswordField label={w().again} value={again} onChange={setAgain} name="again" autocomplete="new-password" />
      <p class="muted small">{w().chooseHint}</p>
      {again !== "" && again !== password && (
        <p class="refused" role="status">
          {w().differ}
        </p>
      )}
      {refusal && (
        <p class="refused" role="alert" data-testid="change-refused">
          {say(refusal)}
        </p>
      )}
      {changed && (
        <p role="status" data-testid="changed">
          {w().changed}
        </p>
      )}
      <Working share={share} />
      <Button type="submit" disabled={busy || current === "" || password === "" || again !== password} data-testid="change">
        {w().change}
      </Button>
    </form>
  );
}
