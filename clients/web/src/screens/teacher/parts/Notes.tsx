import { inLanguage } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import type { Step } from "../../../protocol/types";
import { Rich } from "../../../ui/Rich";

/** What the kit's author wrote for the teacher, and what the board shows. */
export function Notes({ step }: { step: Step }) {
  const notes = inLanguage(step.teacher);
  const board = inLanguage(step.board);
  return (
    <div class="notes">
      {notes && (
        <section class="card stack">
          <h3>{w().step.notes}</h3>
          <Rich text={notes} />
        </section>
      )}
      {board && (
        <section class="card stack">
          <h3>{w().step.onBoard}</h3>
          <Rich text={board} />
        </section>
      )}
    </div>
  );
}
