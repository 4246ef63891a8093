import { useEffect, useState } from "preact/hooks";
import { say } from "../i18n";
import { w } from "../i18n/account";
import type { Session } from "../protocol/http";
import type { Refusal } from "../protocol/types";
import { PasswordField } from "./PasswordField";
import { Button, LanguageSwitch, Mark, Working } from "./parts";

type Account = {
  signIn: (userName: string, password: string, onWork: (share: number) => void) => Promise<Refusal | undefined>;
  signOut: () => Promise<void>;
};
type Props = {
  account: Account;
  mentor?: boolean;
  operator?: boolean;
  /** Where the organisation's sign-in comes back to, if not to the role's own page. */
  page?: string;
  session: Session /** Somebody else is signed in now. */;
  onChange: () => void;
};

/** Where people with an account sign in. */
export function SignIn({ account, mentor, operator, page, session, onChange }: Props) {
  if (session.role !== "anonymous") return <OtherRole session={session} onOut={() => void account.signOut().then(onChange)} />;
  return (
    <main class="door stack wide">
      <div class="row apart">
        <Mark size={48} />
        <LanguageSwitch short />
      </div>
      <div class="stack tight">
        <h1>{w().title}</h1>
        <p class="muted">{operator ? w().operator : mentor ? w().mentor : w().teacher}</p>
      </div>
      <Refused />
      {session.organisation && (
        <Organisation name={session.organisation} page={page ?? (operator ? "/operator" : mentor ? "/mentor" : "/teach")} />
      )}
      <Form signIn={account.signIn} onIn={onChange} />
      <p class="muted small">{w().link}</p>
    </main>
  );
}

/** What became of the last try that left this page: the organisation's sign-in, a one-time link. */
function Refused() {
  const [refused] = useState(() => new URLSearchParams(location.search).get("refused"));
  // A page that is loaded anew tells nothing of yesterday.
  useEffect(() => {
    if (refused) history.replaceState(history.state, "", location.pathname + location.hash);
  }, [refused]);
  return refused ? (
    <p class="refused" role="alert" data-testid="sign-in-refused">
      {say({ code: refused })}
    </p>
  ) : null;
}

/** The organisation's own sign-in. The form below stays: it is the way in while the organisation's is down. */
function Organisation({ name, page }: { name: string; page: string }) {
  return (
    <div class="stack">
      <a class="btn big" href={`/oidc/sign-in?to=${page}`} data-testid="organisation">
        {w().organisation(name)}
      </a>
      <p class="muted small">{w().local}</p>
    </div>
  );
}

function Form({ signIn, onIn }: { signIn: Account["signIn"]; onIn: () => void }) {
  const [user, setUser] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [share, setShare] = useState<number>();
  const [refusal, setRefusal] = useState<Refusal>();
  const submit = async (e: Event) => {
    e.preventDefault();
    setBusy(true);
    setRefusal(undefined);
    const refused = await signIn(user.trim(), password, setShare);
    setShare(undefined);
    if (refused) setRefusal(refused);
    else onIn();
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
      <PasswordField label={w().password} value={password} onChange={setPassword} name="password" autocomplete="current-password" />
      {refusal && (
        <p class="refused" role="alert">
          {say(refusal)}
        </p>
      )}
      <Working share={share} />
      <Button type="submit" big disabled={busy || user.trim() === "" || password === ""} data-testid="sign-in">
        {w().enter}
      </Button>
    </form>
  );
}

function OtherRole({ session, onOut }: { session: Session; onOut: () => void }) {
  const teaches = session.role === "teacher";
  const goes = teaches || session.role === "mentor" || session.role === "admin";
  return (
    <main class="door stack wide">
      <Mark size={48} />
      <p>
        {w().other} <b>{session.name}</b>
      </p>
      <div class="row wrap">
        {goes && (
          <a class="btn" href={teaches ? "/teach" : "/mentor"}>
            {teaches ? w().toTeach : w().toMentor}
          </a>
        )}
        <Button kind="quiet" onClick={onOut}>
          {w().out}
        </Button>
      </div>
    </main>
  );
}
