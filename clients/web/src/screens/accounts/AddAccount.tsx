import { useState } from "preact/hooks";
import { api } from "../../connection/api";
import { w } from "../../i18n/accounts";
import { Button } from "../../ui/parts";
import type { Desk } from "./desk";
import { CentrePick, RolePick } from "./picks";

export function AddAccount({ desk: { all, act, busy } }: { desk: Desk }) {
  const [login, setLogin] = useState("");
  const [name, setName] = useState("");
  const [role, setRole] = useState("teacher");
  const [centreId, setCentre] = useState(all.centres[0]?.id ?? "");
  const [newCentre, setNewCentre] = useState("");
  const add = async (e: Event) => {
    e.preventDefault();
    if (!(await act(async () => ({ ...(await api.addAccount({ login, name, role, centreId })), name })))) return;
    setLogin("");
    setName("");
  };
  const addCentre = async (e: Event) => {
    e.preventDefault();
    let made = "";
    const done = await act(async () => {
      made = (await api.addCentre(newCentre)).id;
    });
    if (!done) return;
    setCentre(made);
    setNewCentre("");
  };
  return (
    <details class="card">
      <summary data-testid="add">{w().add}</summary>
      <form class="stack" onSubmit={(e) => void add(e)}>
        <label class="stack tight">
          {w().name}
          <input type="text" name="name" maxLength={100} value={name} onInput={(e) => setName(e.currentTarget.value)} />
        </label>
        <label class="stack tight">
          {w().login}
          <input
            type="text"
            name="login"
            maxLength={100}
            autocapitalize="none"
            autocomplete="off"
            spellcheck={false}
            value={login}
            onInput={(e) => setLogin(e.currentTarget.value)}
          />
          <span class="small muted">{w().loginHint}</span>
        </label>
        <div class="picks">
          <RolePick value={role} onPick={setRole} />
          <CentrePick value={centreId} centres={all.centres} onPick={setCentre} />
        </div>
        <Button type="submit" disabled={busy || login.trim() === "" || name.trim() === ""} data-testid="add-account">
          {w().add}
        </Button>
      </form>
      <form class="stack" onSubmit={(e) => void addCentre(e)}>
        <label class="stack tight">
          {w().newCentre}
          <input type="text" name="centre" maxLength={100} value={newCentre} onInput={(e) => setNewCentre(e.currentTarget.value)} />
        </label>
        <Button type="submit" kind="line" disabled={busy || newCentre.trim() === ""} data-testid="add-centre">
          {w().addCentre}
        </Button>
      </form>
    </details>
  );
}
