import { useState } from "preact/hooks";
import { api, refusalOf, type Session } from "../connection/api";
import { say } from "../i18n";
import { w } from "../i18n/account";
import type { Refusal } from "../protocol/types";
import { Button, LanguageSwitch, Mark } from "./parts";

/** The door for people with an account. */
export function SignIn({ mentor, session, onIn }: { mentor?: boolean; session: Session; onIn: () => void }) {
  if (session.role !== "anonymous") return <OtherRole session={session} mentor={mentor ?? false} onOut={onIn} />;
  return (
    <main class="door stack wide">
      <div class="row apart">
        <Mark size={48} />
        <LanguageSwitch short />
      </div>
      <div class="stack tight">
        <h1>{w().title}</h1>
        <p class="muted">{mentor ? w().mentor : w().teacher}</p>
      </div>
      <Form onIn={onIn} />
      <p class="muted small">{w().link}</p>
    </main>
  );
}

function Form({ onIn }: { onIn: () => void }) {
  const [user, setUser] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const submit = async (e: Event) => {
    e.preventDefault();
    setBusy(true);
    setRefusal(undefined);
    try {
      await api.login(user.trim(), password);
      onIn();
    } catch (error) {
      setRefusal(refusalOf(error));
    }
    setBusy(false);
  };
  return (
    <form class="card stack" onSubmit={submit}>
      <label class="stack tight">
        {w().user}
        <input
          type="text"
          name="username"
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          value={user}
          onInput={(e) => setUser(e.currentTarget.value)}
        />
      </label>
      <label class="stack tight">
        {w().password}
        <input
          type="password"
          name="password"
          autocomplete="current-password"
          value={password}
          onInput={(e) => setPassword(e.currentTarget.value)}
        />
      </label>
      {refusal && (
        <p class="refused" role="alert">
          {say(refusal)}
        </p>
      )}
      <Button type="submit" big disabled={busy || user.trim() === "" || password === ""} data-testid="sign-in">
        {w().enter}
      </Button>
    </form>
  );
}

function OtherRole({ session, mentor, onOut }: { session: Session; mentor: boolean; onOut: () => void }) {
  const goes = mentor ? session.role === "teacher" : session.role === "mentor";
  return (
    <main class="door stack wide">
      <Mark size={48} />
      <p>
        {w().other} <b>{session.name}</b>
      </p>
      <div class="row wrap">
        {goes && (
          <a class="btn" href={mentor ? "/teach" : "/mentor"}>
            {mentor ? w().toTeach : w().toMentor}
          </a>
        )}
        <Button kind="quiet" onClick={() => void api.logout().then(onOut, onOut)}>
          {w().out}
        </Button>
      </div>
    </main>
  );
}
