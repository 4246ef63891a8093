import { t } from "../i18n";

/** How long until the model may be asked again, while it may not: who asks before it is not heard. */
export function AgainIn({ seconds }: { seconds: number }) {
  return seconds > 0 ? (
    <span class="small" data-testid="again-in">
      {t().againIn(seconds)}
    </span>
  ) : null;
}
