import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import { Outcome } from "../../../ui/Status";
import { useSend } from "./Act";

/** Beside the code: whether who types it comes in at once, or waits for the teacher. */
export function Entrance() {
  const { send, sent } = useSend();
  const entrance = useLesson().store.one("entrance");
  if (!entrance) return null;
  const { asks } = entrance;
  return (
    <div class="stack tight">
      <button
        type="button"
        class="switch start"
        role="switch"
        aria-checked={asks}
        onClick={() => send("SetEntrance", { asks: !asks }, "entrance")}
        data-testid="entrance"
      >
        <i />
        {w().lobby.entrance}
      </button>
      <span class="muted small">{w().lobby.entranceHow}</span>
      <Outcome sent={sent} />
    </div>
  );
}
