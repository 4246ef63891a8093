import "../../ui/base.css";
import "../../ui/faces.css";
import "../../ui/theme";
import "./student.css";
import "./tasks.css";
import { render } from "preact";
import { codeOfPath } from "../../lesson/joinCode";
import { Join } from "./Join";
import { Room } from "./Room";
import { current, recall } from "./seats";

const code = codeOfPath(location.pathname);
current.value = recall(code);

function App() {
  const seat = current.value;
  return seat ? <Room key={seat.ticket} seat={seat} /> : <Join code={code} />;
}

render(<App />, document.getElementById("app") as HTMLElement);
