import "../look/base.css";
import "../look/fonts.css";
import "../look/theme";
import "../teach/frame.css";
import "./mentor.css";
import { render } from "preact";
import { say } from "../i18n";
import { Loading } from "../look/parts";
import { SignIn } from "../teach/SignIn";
import { useSession } from "../teach/useSession";
import { WallView } from "./WallView";

function App() {
  const { session, refusal, again } = useSession();
  if (!session) return <Loading>{refusal ? say(refusal) : undefined}</Loading>;
  if (session.role !== "mentor") return <SignIn mentor session={session} onIn={again} />;
  return <WallView session={session} onOut={again} />;
}

render(<App />, document.getElementById("app") as HTMLElement);
