import "../../ui/base.css";
import "../../ui/faces.css";
import "../../ui/theme";
import "./student.css";
import "./tasks.css";
import { render } from "preact";
import { onDevice } from "../../device/kept";
import { firstWords } from "../../i18n/late";
import { codeOfPath } from "../../lesson/joinCode";
import { roomOfLink } from "../../lesson/joinLink";
import { Join } from "./Join";
import { lesson } from "./laterRoom";
import { asking, current, joining, recall, recallAsking } from "./seats";

// Who has chosen how to read has it from the first word on.
if (onDevice.get("ortaq.reading")) void import("../../ui/reading");

const linked = codeOfPath(location.pathname);
const code = linked || undefined;
const room = roomOfLink(location.search);
current.value = recall(code);
asking.value = recallAsking(code);

function App() {
  const seat = asking.value ?? current.value;
  const wanted = joining.value ?? code;
  return seat ? <lesson.Part key={seat.ticket} seat={seat} /> : <Join key={wanted} code={wanted} room={room} damaged={linked === ""} />;
}

for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, lesson.fetch, { once: true, passive: true });
if (asking.value ?? current.value) lesson.fetch();
void firstWords().then(() => render(<App />, document.getElementById("app") as HTMLElement));
