import { useState } from "preact/hooks";
import { w as a } from "../../../i18n/asking";
import { w } from "../../../i18n/teacher";
import { uuid7 } from "../../../protocol/ids";
import type { QuestionKind } from "../../../protocol/types";
import { Button, Choice } from "../../../ui/parts";
import { Outcome } from "../../../ui/Status";
import { useSend } from "../parts/Act";
import { OwnField } from "./OwnField";
import { OwnOptions } from "./OwnOptions";
import { asked, blank, isReady, type Own, type OwnText, oneRight } from "./ownQuestion";

const kinds: readonly QuestionKind[] = ["open", "single", "multiple", "scale", "wordCloud"];

/** A question made up on the spot, of any kind, with its key and why; in one language, or in all three. */
export function OwnQuestion() {
  const { send, sent } = useSend();
  const [own, setOwn] = useState<Own>(blank);
  const change = (part: Partial<Own>) => setOwn({ ...own, ...part });
  const field = (name: "text" | "why" | "low" | "high", label: string) => (
    <OwnField
      label={label}
      value={own[name]}
      three={own.three}
      onChange={(value: OwnText) => change({ [name]: value })}
      testid={`own-${name}`}
    />
  );
  const submit = (e: Event) => {
    e.preventDefault();
    const typed = own;
    void send("AskOwnQuestion", { question: asked(typed, uuid7()) }).done.then((r) => {
      // Nothing over what was begun meanwhile.
      if (r.refusal) setOwn((now) => (isReady(now) ? now : typed));
    });
    setOwn({ ...blank(), kind: typed.kind, three: typed.three });
  };
  const chosen = own.kind === "single" || own.kind === "multiple";
  return (
    <details class="card fold">
      <summary data-testid="own-question">{w().ask.own}</summary>
      <form class="stack" onSubmit={submit}>
        <Choice
          label={w().ask.own}
          value={own.kind}
          options={kinds}
          name={(k) => w().ask.kinds[k]}
          onPick={(kind) => change({ kind, ...(kind === "single" ? { options: oneRight(own.options) } : {}) })}
          testid="own-kind"
        />
        <label class="row check small">
          <input type="checkbox" checked={own.three} onChange={(e) => change({ three: e.currentTarget.checked })} data-testid="own-three" />
          {a().own.three}
        </label>
        {own.three && <span class="small muted">{a().own.threeHow}</span>}
        {field("text", w().ask.ownText)}
        {chosen && <OwnOptions own={own} onChange={(options) => change({ options })} />}
        {own.kind === "scale" && (
          <>
            <div class="row wrap">
              {(["min", "max"] as const).map((end) => (
                <label class="row small" key={end}>
                  {end === "min" ? a().own.from : a().own.to}
                  <input
                    type="number"
                    class="small"
                    value={own[end]}
                    onInput={(e) => change({ [end]: Number(e.currentTarget.value) })}
                    data-testid={`own-${end}`}
                  />
                </label>
              ))}
            </div>
            {field("low", a().own.low)}
            {field("high", a().own.high)}
          </>
        )}
        {(chosen || own.kind === "scale") && field("why", a().own.why)}
        <div class="row wrap">
          <Button type="submit" compact disabled={!isReady(own)} data-testid="own-ask">
            {w().ask.ask}
          </Button>
          <Outcome sent={sent} />
        </div>
      </form>
    </details>
  );
}
