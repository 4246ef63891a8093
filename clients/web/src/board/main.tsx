import "../look/base.css";
import "../look/theme";
import { render } from "preact";
import { Loading } from "../look/parts";

render(<Loading />, document.getElementById("app") as HTMLElement);
