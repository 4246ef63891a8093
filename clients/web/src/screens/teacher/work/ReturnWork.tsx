import { useState } from "preact/hooks";
import { t } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import type { Work } from "../../../protocol/types";
import { Button } from "../../../ui/parts";
import { Outcome } from "../../../ui/Status";
import { useSend } from "../parts/Act";

/** As the server takes it. */
const longest = 300;

/** Where it is asked for, one writes. */
const focused = (field: HTMLInputElement | null) => field?.focus();

/** Gives a handed-in work back with one sentence; until it is handed in again that stands here. */
export function ReturnWork({ work }: { work: Work }) {
  const { send, sent } = useSend();
  const [text, setText] = useState<string>();
  const { studentId, stepId } = work;
  if (work.returned) {
    return (
      <p class="small" data-testid="returned">
        <b>{w().work.returned}:</b> {work.returned}
      </p>
    );
  }
  if (work.status !== "handedIn") return null;
  if (text === undefined) {
    return (
      <div class="row">
        <Button kind="quiet" compact onClick={() => setText("")} data-testid={`return-work-${studentId}`}>
          {w().work.giveBack}
        </Button>
      </div>
    );
  }
  return (
    <form
      class="stack"
      onSubmit={(e) => {
        e.preventDefault();
        void send("ReturnWork", { studentId, stepId, text: text.trim() }).done.then((r) => r.refusal || setText(undefined));
      }}
    >
      <label class="stack tight small">
        {w().work.giveBackHow}
        <input
          type="text"
          ref={focused}
          maxLength={longest}
          value={text}
          onInput={(e) => setText(e.currentTarget.value)}
          data-testid={`return-text-${studentId}`}
        />
      </label>
      <div class="row wrap">
        <Button type="submit" compact disabled={text.trim() === ""} data-testid={`return-send-${studentId}`}>
          {w().work.giveBack}
        </Button>
        <Button kind="quiet" compact onClick={() => setText(undefined)}>
          {t().cancel}
        </Button>
        <Outcome sent={sent} />
      </div>
    </form>
  );
}
