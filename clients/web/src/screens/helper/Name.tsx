import { useState } from "preact/hooks";
import type { Sent } from "../../connection/outbox";
import { w } from "../../i18n/helper";
import { useLesson } from "../../lesson/context";
import type { Helped } from "../../protocol/types";
import { fits, Length } from "../../ui/Length";
import { Button, Card } from "../../ui/parts";
import { Outcome } from "../../ui/Status";
import { roomLabel } from "./Step";

/** As the server takes it. */
const longest = 40;

/** How she may be called here, before anything else. */
export function Name({ room }: { room: Helped }) {
  const lesson = useLesson();
  const [name, setName] = useState("");
  const [sent, setSent] = useState<Sent>();
  const submit = (e: Event) => {
    e.preventDefault();
    setSent(lesson.outbox.send("ComeAsHelper", { name: name.trim() }, "name"));
  };
  const busy = sent?.state.value === "sending" || sent?.state.value === "waiting";
  return (
    <Card>
      <p>{w().hello(roomLabel(room))}</p>
      <form class="stack" onSubmit={submit}>
        <label class="stack tight">
          <b>{w().nameLabel}</b>
          <input type="text" autocomplete="name" value={name} onInput={(e) => setName(e.currentTarget.value)} data-testid="helper-name" />
        </label>
        <Length text={name} max={longest} />
        <p class="small muted">{w().nameHow}</p>
        <Button type="submit" big disabled={name.trim() === "" || !fits(name, longest) || busy} data-testid="come">
          {w().enter}
        </Button>
        <Outcome sent={sent} />
      </form>
    </Card>
  );
}
