import "../../i18n/whole";
import "../../ui/base.css";
import "../../ui/fonts.css";
import "../../ui/theme";
import "../../ui/frame.css";
import "./teacher.css";
import "./blocks.css";
import "./combined/groups.css";
import "./parts/prepare.css";
import { signal } from "@preact/signals";
import { render } from "preact";
import { signIn, signOut, useSession } from "../../connection/session";
import { SignIn } from "../../ui/SignIn";
import { Waiting } from "../../ui/Waiting";
import { Console } from "./Console";
import { Home } from "./home/Home";

const idOfHash = (): string | undefined => /^#([0-9a-f-]{36})$/i.exec(location.hash)?.[1];
/** `#with=...`: a second group is to be opened beside this lesson. */
const withOfHash = (): string | undefined => /^#with=([0-9a-f-]{36})$/i.exec(location.hash)?.[1];
const classroom = signal(idOfHash());
const beside = signal(withOfHash());
addEventListener("hashchange", () => {
  classroom.value = idOfHash();
  beside.value = withOfHash();
});

function App() {
  const { session, refusal, again } = useSession();
  if (!session) return <Waiting refusal={refusal} />;
  if (session.role !== "teacher") return <SignIn account={{ signIn, signOut }} session={session} onChange={again} />;
  const id = classroom.value;
  return id ? (
    <Console key={id} classroomId={id} who={session.name ?? ""} />
  ) : (
    <Home key={beside.value} session={session} beside={beside.value} onOut={again} />
  );
}

render(<App />, document.getElementById("app") as HTMLElement);
