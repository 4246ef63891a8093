import "../../i18n/whole";
import "../../ui/base.css";
import "../../ui/fonts.css";
import "../../ui/theme";
import "../../ui/frame.css";
import "./mentor.css";
import { render } from "preact";
import { signIn, signOut, useSession } from "../../connection/session";
import { SignIn } from "../../ui/SignIn";
import { Waiting } from "../../ui/Waiting";
import { WallView } from "./WallView";

function App() {
  const { session, refusal, again } = useSession();
  if (!session) return <Waiting refusal={refusal} />;
  // An admin watches the wall too; only a mentor goes to a hand.
  if (session.role !== "mentor" && session.role !== "admin")
    return <SignIn account={{ signIn, signOut }} mentor session={session} onChange={again} />;
  return <WallView session={session} onOut={again} />;
}

render(<App />, document.getElementById("app") as HTMLElement);
