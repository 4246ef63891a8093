import { useState } from "preact/hooks";
import { t } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import { uuid7 } from "../../../protocol/ids";
import { Button } from "../../../ui/parts";
import { Outcome } from "../../../ui/Status";
import { useSend } from "../parts/Act";

const most = 60;

/** Folded away: the whole names of the class, one a line, which are hidden from the AI wherever somebody writes them. */
export function ClassList() {
  const { send, sent } = useSend();
  const known = useLesson().store.one("roster")?.names ?? [];
  const [text, setText] = useState<string>();
  const names = (text ?? known.join("\n"))
    .split("\n")
    .map((n) => n.trim())
    .filter((n) => n !== "");
  return (
    <details class="fold" data-testid="class-list">
      <summary>{w().students.list(known.length)}</summary>
      <form
        class="stack"
        onSubmit={(e) => {
          e.preventDefault();
          void send("SetRoster", { rosterId: uuid7(), names }).done.then((r) => {
            if (!r.refusal) setText(undefined);
          });
        }}
      >
        <p class="muted small">{w().students.listHint}</p>
        <textarea
          rows={8}
          aria-label={w().students.listField}
          placeholder={w().students.listField}
          autocomplete="off"
          spellcheck={false}
          value={text ?? known.join("\n")}
          onInput={(e) => setText(e.currentTarget.value)}
          data-testid="class-list-text"
        />
        <div class="row apart wrap">
          <span class={names.length > most ? "pill warn" : "muted small"}>
            {names.length} / {most}
          </span>
          <Button type="submit" compact kind="line" disabled={text === undefined || names.length > most} data-testid="class-list-save">
            {t().save}
          </Button>
        </div>
        <Outcome sent={sent} />
      </form>
    </details>
  );
}
