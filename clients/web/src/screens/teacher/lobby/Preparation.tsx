import { w } from "../../../i18n/teacher";
import type { Plan } from "../../../protocol/types";
import { Prepare } from "../parts/Prepare";

/** What the kit's author wrote for who gets ready. Folded once the class comes in. */
export function Preparation({ plan, open }: { plan: Plan; open: boolean }) {
  if (!plan.preparation) return null;
  return (
    <details class="card fold prepare" open={open} data-testid="preparation">
      <summary>{w().prepare.title}</summary>
      <Prepare preparation={plan.preparation} />
    </details>
  );
}
