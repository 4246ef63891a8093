import "../../i18n/whole";
import "../../ui/base.css";
import "../../ui/fonts.css";
import "../../ui/theme";
import "./board.css";
import "./main.css";
import "./hands.css";
import "./picture.css";
import "./group.css";
import "./ink/ink.css";
import { render } from "preact";
import { BoardRoom } from "./BoardRoom";
import { Pairing } from "./Pairing";
import { paired, takeFromAddress } from "./paired";

takeFromAddress();

function App() {
  const board = paired.value;
  return board ? <BoardRoom key={board.ticket} board={board} /> : <Pairing />;
}

render(<App />, document.getElementById("app") as HTMLElement);
