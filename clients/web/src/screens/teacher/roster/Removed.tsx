import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import { Theirs } from "../../../ui/Theirs";
import { Act } from "../parts/Act";
import { Forget } from "./Forget";

/** Folded away: those who were removed. What they did is still held, and can be handed out or erased as of those who stayed. */
export function Removed() {
  const all = [...useLesson().store.all("removed")].sort(([, a], [, b]) => a.nickname.localeCompare(b.nickname));
  if (all.length === 0) return null;
  return (
    <details class="fold removed" data-testid="removed">
      <summary>{w().students.removed(all.length)}</summary>
      <p class="muted small">{w().students.removedHint}</p>
      <ul class="plain roster">
        {all.map(([id, { nickname }]) => (
          <li key={id} class="seat" data-testid={`removed-${id}`}>
            <span class="who">
              <Theirs>{nickname}</Theirs>
            </span>
            <span class="row wrap">
              <Act name="BringBackStudent" fields={{ studentId: id }} kind="line" testid={`bring-back-${id}`}>
                {w().students.bringBack}
              </Act>
              <Forget id={id} nickname={nickname} />
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
