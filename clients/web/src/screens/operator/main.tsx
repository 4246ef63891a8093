import "../../i18n/whole";
import "../../ui/base.css";
import "../../ui/fonts.css";
import "../../ui/theme";
import "../../ui/frame.css";
import "./operator.css";
import { render } from "preact";
import { signIn, signOut, useSession } from "../../connection/session";
import { SignIn } from "../../ui/SignIn";
import { Waiting } from "../../ui/Waiting";
import { OperatorView } from "./OperatorView";

function App() {
  const { session, refusal, again } = useSession();
  if (!session) return <Waiting refusal={refusal} />;
  if (session.role !== "admin") return <SignIn account={{ signIn, signOut }} operator session={session} onChange={again} />;
  return <OperatorView onOut={again} />;
}

render(<App />, document.getElementById("app") as HTMLElement);
