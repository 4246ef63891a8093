import { t } from "../i18n";
import { isLacking } from "./marks";

/** A browser may remember that a part of the page failed; what was typed is on the device. */
export function Reload() {
  return (
    <button type="button" class="btn line start" onClick={() => location.reload()}>
      {t().again}
    </button>
  );
}

/** Where what shows formulas and tables cannot come, they stand as they were written: that is said, with the way out. */
export function MarksLacking() {
  if (!isLacking.value) return null;
  return (
    <div class="card row wrap" role="status" data-testid="marks-lacking">
      <span class="grow">{t().marksLacking}</span>
      <Reload />
    </div>
  );
}
