import "../../ui/base.css";
import "../../ui/fonts.css";
import "../../ui/theme";
import "../../ui/frame.css";
import "./operator.css";
import { render } from "preact";
import { signIn, signOut, useSession } from "../../connection/session";
import { say } from "../../i18n";
import { Loading } from "../../ui/parts";
import { SignIn } from "../../ui/SignIn";
import { OperatorView } from "./OperatorView";

function App() {
  const { session, refusal, again } = useSession();
  if (!session) return <Loading>{refusal ? say(refusal) : undefined}</Loading>;
  if (session.role !== "admin") return <SignIn account={{ signIn, signOut }} operator session={session} onChange={again} />;
  return <OperatorView onOut={again} />;
}

render(<App />, document.getElementById("app") as HTMLElement);
