import { useEffect, useState } from "preact/hooks";
import { w } from "../../../i18n/teacher";
import type { Pace } from "../../../protocol/types";
import { Outcome } from "../../../ui/Status";
import { useSend } from "../parts/Act";

const most = 300;

/** How many pupils there are, with a phone or without: what is counted by hand is never more. */
export function ClassSize({ pace }: { pace: Pace }) {
  const { send, sent } = useSend();
  const [typed, setTyped] = useState(`${pace.classSize ?? ""}`);
  useEffect(() => setTyped(`${pace.classSize ?? ""}`), [pace.classSize]);
  const keep = () => {
    const pupils = typed.trim() === "" ? undefined : Number(typed);
    if (pupils === pace.classSize) return;
    if (pupils !== undefined && !(Number.isInteger(pupils) && pupils >= 1 && pupils <= most)) return setTyped(`${pace.classSize ?? ""}`);
    send("SetClassSize", pupils === undefined ? {} : { pupils }, "class-size");
  };
  return (
    <span class="act">
      <label class="row">
        <span class="small muted">{w().lobby.classSize}</span>
        <input
          type="number"
          class="class-size"
          min={1}
          max={most}
          inputMode="numeric"
          value={typed}
          onInput={(e) => setTyped(e.currentTarget.value)}
          onBlur={keep}
          onKeyDown={(e) => e.key === "Enter" && keep()}
          data-testid="class-size"
        />
      </label>
      <Outcome sent={sent} />
    </span>
  );
}
