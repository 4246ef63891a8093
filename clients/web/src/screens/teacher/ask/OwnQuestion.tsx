import { useState } from "preact/hooks";
import { sameInAll } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import { uuid7 } from "../../../protocol/ids";
import { Button, Choice } from "../../../ui/parts";
import { Outcome } from "../../../ui/Status";
import { useSend } from "../parts/Act";

const kinds = ["open", "single"] as const;

/** A question made up on the spot, in one language. */
export function OwnQuestion() {
  const { send, sent } = useSend();
  const [kind, setKind] = useState<(typeof kinds)[number]>("open");
  const [text, setText] = useState("");
  const [options, setOptions] = useState("");
  const lines = [...new Set(options.split("\n").map((l) => l.trim()))].filter((l) => l !== "");
  const ready = text.trim() !== "" && (kind === "open" || (lines.length >= 2 && lines.length <= 8));
  const submit = (e: Event) => {
    e.preventDefault();
    const asked = send("AskOwnQuestion", {
      question: {
        id: uuid7(),
        kind,
        text: sameInAll(text.trim()),
        options: kind === "open" ? [] : lines.map((l, i) => ({ id: `${i + 1}`, text: sameInAll(l), correct: false })),
        min: 0,
        max: 0,
      },
    });
    void asked.done.then((r) => {
      if (r.refusal) return;
      setText("");
      setOptions("");
    });
  };
  return (
    <details class="card fold">
      <summary data-testid="own-question">{w().ask.own}</summary>
      <form class="stack" onSubmit={submit}>
        <label class="stack tight">
          {w().ask.ownText}
          <input type="text" maxLength={300} value={text} onInput={(e) => setText(e.currentTarget.value)} data-testid="own-text" />
        </label>
        <Choice
          label={w().ask.own}
          value={kind}
          options={kinds}
          name={(k) => (k === "open" ? w().ask.ownOpen : w().ask.ownSingle)}
          onPick={setKind}
        />
        {kind === "single" && (
          <label class="stack tight">
            {w().ask.ownOptions}
            <textarea rows={4} value={options} onInput={(e) => setOptions(e.currentTarget.value)} data-testid="own-options" />
          </label>
        )}
        <div class="row">
          <Button type="submit" compact disabled={!ready} data-testid="own-ask">
            {w().ask.ask}
          </Button>
          <Outcome sent={sent} />
        </div>
      </form>
    </details>
  );
}
