import { useState } from "preact/hooks";
import { api, refusalOf } from "../../connection/api";
import { say } from "../../i18n";
import { w } from "../../i18n/accounts";
import type { Refusal } from "../../protocol/types";
import { PasswordField } from "../../ui/PasswordField";
import { Button, LanguageSwitch, Mark } from "../../ui/parts";
import { homes } from "./homes";

/** A new password by a one-time link; then its owner is signed in and goes home. */
export function ChoosePassword({ token }: { token: string }) {
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const differ = again !== "" && again !== password;
  const over = refusal?.code === "link-used" || refusal?.code === "link-unknown";
  const submit = async (e: Event) => {
    e.preventDefault();
    setBusy(true);
    setRefusal(undefined);
    try {
      await api.choosePassword(token, password);
      const session = await api.session();
      location.replace(homes[session.role] ?? "/teach");
    } catch (error) {
      setRefusal(refusalOf(error));
    }
    setBusy(false);
  };
  return (
    <main class="door stack wide">
      <div class="row apart">
        <Mark size={48} />
        <LanguageSwitch short />
      </div>
      <h1>{w().choose}</h1>
      {refusal && (
        <p class="refused" role="alert" data-testid="choose-refused">
          {say(refusal)} {over && w().newLink}
        </p>
      )}
      {!over && (
        <form class="card stack" onSubmit={submit}>
          <p class="muted">{w().chooseHint}</p>
          <PasswordField label={w().password} value={password} onChange={setPassword} name="password" autocomplete="new-password" />
          <PasswordField label={w().again} value={again} onChange={setAgain} name="again" autocomplete="new-password" />
          {differ && (
            <p class="refused" role="status">
              {w().differ}
            </p>
          )}
          <Button type="submit" big disabled={busy || password === "" || again !== password} data-testid="choose">
            {w().save}
          </Button>
        </form>
      )}
    </main>
  );
}
