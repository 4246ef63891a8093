import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import { Outcome } from "../../../ui/Status";
import { Theirs } from "../../../ui/Theirs";
import { Act, useSend } from "../parts/Act";

/** The mark is a separate act of a person: no machine gives, proposes or counts one. */
export function Marks({ studentId, stepId, name }: { studentId: string; stepId: string; name?: string | undefined }) {
  const lesson = useLesson();
  const { send, sent } = useSend();
  const scale = lesson.store.one("plan")?.marks;
  const given = lesson.store.one("mark", `${studentId}/${stepId}`);
  const [low, high] = [scale?.[0], scale?.at(-1)];
  if (low === undefined || high === undefined) return null;
  const values = Array.from({ length: high - low + 1 }, (_, i) => low + i);
  return (
    <div class="row wrap marks" role="group" aria-label={name ? `${name}: ${w().work.mark}` : w().work.mark}>
      <b>
        {name && (
          <>
            <Theirs>{name}</Theirs>:{" "}
          </>
        )}
        {w().work.mark}
      </b>
      {values.map((n) => (
        <button
          type="button"
          key={n}
          aria-pressed={given?.mark === n}
          onClick={() => send("GiveMark", { studentId, stepId, mark: n }, `mark/${studentId}/${stepId}`)}
          data-testid={`mark-${n}`}
        >
          {n}
        </button>
      ))}
      {given ? (
        <Act name="WithdrawMark" fields={{ studentId, stepId }} kind="bare" testid="withdraw-mark">
          {w().work.withdraw}
        </Act>
      ) : (
        <span class="small muted">{w().work.markNone}</span>
      )}
      <Outcome sent={sent} />
    </div>
  );
}
