import "../look/base.css";
import "../look/theme";
import { render } from "preact";
import { words } from "../i18n";

const title = words({ kk: "Мұғалім", ru: "Учитель", en: "Teacher" });

function App() {
  return (
    <main class="loading">
      <h1>{title()}</h1>
    </main>
  );
}

render(<App />, document.getElementById("app") as HTMLElement);
