import { w } from "../../../i18n/teacher";
import { Sheet } from "../../../ui/Sheet";
import { JoinCode } from "../parts/JoinCode";

export function CodeSheet({ code, onClose }: { code: string | undefined; onClose: () => void }) {
  return (
    <Sheet title={w().head.code} onClose={onClose}>
      {code ? <JoinCode code={code} /> : <p>{w().head.noCode}</p>}
    </Sheet>
  );
}
