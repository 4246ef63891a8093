import "../../i18n/whole";
import "../../ui/base.css";
import "../../ui/fonts.css";
import "../../ui/theme";
import "./helper.css";
import { render } from "preact";
import { w } from "../../i18n/helper";
import { HelperRoom } from "./HelperRoom";
import { link, takeFromAddress } from "./link";
import { Note } from "./Note";

takeFromAddress();
// A newer link that is opened in this tab changes the address and nothing else.
addEventListener("hashchange", takeFromAddress);

function App() {
  const mine = link.value;
  return mine ? <HelperRoom key={mine.ticket} link={mine} /> : <Note>{w().noLink}</Note>;
}

render(<App />, document.getElementById("app") as HTMLElement);
