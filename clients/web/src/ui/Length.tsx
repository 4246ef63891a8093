import { t } from "../i18n";

/** Under a field: how long the text is, when it comes near to its limit, and by how much it is too long. Nothing is cut silently. */
export function Length({ text, max, always }: { text: string; max: number; always?: boolean }) {
  const length = text.trim().length;
  const over = length - max;
  if (over > 0)
    return (
      <span class="small refused" role="status" data-testid="too-long">
        {t().tooLong(over)}
      </span>
    );
  if (!always && length < max * 0.8) return null;
  return (
    <span class="small muted" data-testid="length">
      {length} / {max}
    </span>
  );
}

export const fits = (text: string, max: number): boolean => text.trim().length <= max;
