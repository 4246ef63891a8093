import "../look/base.css";
import "../look/fonts.css";
import "../look/theme";
import "./frame.css";
import "./teach.css";
import "./blocks.css";
import { signal } from "@preact/signals";
import { render } from "preact";
import { say } from "../i18n";
import { Loading } from "../look/parts";
import { Console } from "./Console";
import { Home } from "./Home";
import { SignIn } from "./SignIn";
import { useSession } from "./useSession";

const idOfHash = (): string | undefined => /^#([0-9a-f-]{36})$/i.exec(location.hash)?.[1];
const classroom = signal(idOfHash());
addEventListener("hashchange", () => {
  classroom.value = idOfHash();
});

function App() {
  const { session, refusal, again } = useSession();
  if (!session) return <Loading>{refusal ? say(refusal) : undefined}</Loading>;
  if (session.role !== "teacher" && session.role !== "admin") return <SignIn session={session} onIn={again} />;
  const id = classroom.value;
  return id ? <Console key={id} classroomId={id} who={session.name ?? ""} /> : <Home session={session} onOut={again} />;
}

render(<App />, document.getElementById("app") as HTMLElement);
