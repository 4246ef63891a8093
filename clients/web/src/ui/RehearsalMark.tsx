import { t } from "../i18n";

/** On every screen of a lesson with a scripted class, so that nobody takes it for a real one. */
export function RehearsalMark({ on }: { on: boolean | undefined }) {
  return on ? (
    <span class="pill rehearsal nowrap" data-testid="rehearsal-mark">
      {t().rehearsal}
    </span>
  ) : null;
}
