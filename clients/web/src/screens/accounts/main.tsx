import "../../i18n/whole";
import "../../ui/base.css";
import "../../ui/fonts.css";
import "../../ui/theme";
import "../../ui/frame.css";
import "./accounts.css";
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { signIn, signOut, useSession } from "../../connection/session";
import { SignIn } from "../../ui/SignIn";
import { Waiting } from "../../ui/Waiting";
import { AccountsView } from "./AccountsView";
import { ChoosePassword } from "./ChoosePassword";
import { OwnAccount } from "./OwnAccount";

// Behind the number sign: the server's log never sees it, and a messenger that looks at a link does not use it up.
const linkOf = (): string | undefined => new URLSearchParams(location.hash.slice(1)).get("link") ?? undefined;
const isOwn = (): boolean => location.hash === "#own";

function App() {
  const [link] = useState(linkOf);
  const [own, setOwn] = useState(isOwn);
  useEffect(() => {
    const look = () => setOwn(isOwn());
    addEventListener("hashchange", look);
    return () => removeEventListener("hashchange", look);
  }, []);
  const { session, refusal, again } = useSession();
  if (link) return <ChoosePassword token={link} />;
  if (!session) return <Waiting refusal={refusal} />;
  if (own && session.id && session.role !== "anonymous") return <OwnAccount session={session} onOut={again} />;
  if (session.role !== "admin")
    return <SignIn account={{ signIn, signOut }} operator page="/accounts" session={session} onChange={again} />;
  return <AccountsView me={session.id ?? ""} onOut={again} />;
}

render(<App />, document.getElementById("app") as HTMLElement);
