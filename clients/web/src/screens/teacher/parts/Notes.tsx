import { inLanguage } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import type { Step } from "../../../protocol/types";
import { Picture } from "../../../ui/Picture";
import { formulas, Rich } from "../../../ui/Rich";

/** What the kit's author wrote for the teacher, and what the board shows. */
export function Notes({ step }: { step: Step }) {
  const notes = inLanguage(step.teacher);
  const board = inLanguage(step.board);
  const hints = step.hints ?? [];
  return (
    <div class="notes">
      {notes && (
        <section class="card stack">
          <h3>{w().step.notes}</h3>
          <Rich text={notes} />
        </section>
      )}
      {hints.length > 0 && (
        <section class="card stack" data-testid="step-hints">
          <h3>{w().step.hints}</h3>
          <ol>
            {hints.map((hint, i) => (
              <li key={i}>{formulas(inLanguage(hint))}</li>
            ))}
          </ol>
        </section>
      )}
      {board && (
        <section class="card stack">
          <h3>{w().step.onBoard}</h3>
          <Rich text={board} />
          <Picture image={step.boardImage ?? step.image} credit />
        </section>
      )}
      {step.boardImage && step.image && (
        <section class="card stack" data-testid="phones-picture">
          <h3>{w().step.onPhones}</h3>
          <Picture image={step.image} credit />
        </section>
      )}
    </div>
  );
}
