import { w } from "../../../i18n/teacher";
import { Sheet } from "../../../ui/Sheet";
import { JoinCode } from "../parts/JoinCode";

export function CodeSheet({ code, isNew, onClose }: { code: string | undefined; isNew: boolean; onClose: () => void }) {
  return (
    <Sheet title={w().head.code} onClose={onClose}>
      {isNew && (
        <p class="card sun" role="status" data-testid="new-code">
          {w().head.newCode}
        </p>
      )}
      {code ? <JoinCode code={code} /> : <p>{w().head.noCode}</p>}
    </Sheet>
  );
}
