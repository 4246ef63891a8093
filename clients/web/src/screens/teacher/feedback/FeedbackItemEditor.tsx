import { inLanguage, t } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import type { DescriptorHint, FeedbackItem, Verdict } from "../../../protocol/types";
import { Choice } from "../../../ui/parts";
import { formulas } from "../../../ui/Rich";

const verdicts: readonly Verdict[] = ["met", "partly", "notYet"];
const choices = ["none", ...verdicts] as const;

type Props = {
  item: FeedbackItem;
  text: Parameters<typeof inLanguage>[0];
  hint: DescriptorHint | undefined;
  /** The student's text, while it is known. */
  work: string | undefined;
  onChange: (item: FeedbackItem) => void;
};

/** One descriptor: a verdict or none, words of the work, a next step. The author's next step follows the verdict until another one is written. */
export function FeedbackItemEditor({ item, text, hint, work, onChange }: Props) {
  const isHint = item.nextStep === "" || (hint && verdicts.some((v) => hint[v] === item.nextStep));
  const judge = (choice: (typeof choices)[number]) => {
    const { verdict: _, ...rest } = item;
    if (choice === "none") return onChange(rest);
    onChange({ ...rest, verdict: choice, ...(hint && isHint ? { nextStep: hint[choice] } : {}) });
  };
  return (
    <fieldset class="fb-item stack">
      <b>{formulas(inLanguage(text))}</b>
      <Choice
        label={w().work.verdict}
        value={item.verdict ?? "none"}
        options={choices}
        name={(v) => (v === "none" ? w().work.noVerdict : t().verdicts[v])}
        onPick={judge}
        testid={`verdict-${item.descriptorId}`}
      />
      <label class="stack tight small">
        {w().work.quote}
        <input type="text" value={item.quote} onInput={(e) => onChange({ ...item, quote: e.currentTarget.value })} />
      </label>
      {isForeign(work, item.quote) && <span class="refused small">{w().work.quoteWrong}</span>}
      <label class="stack tight small">
        {w().work.next}
        <textarea rows={2} value={item.nextStep} onInput={(e) => onChange({ ...item, nextStep: e.currentTarget.value })} />
      </label>
      {hint && (
        <details>
          <summary class="small">{w().work.hints}</summary>
          <div class="stack tight">
            {verdicts.map((v) => (
              <button
                type="button"
                key={v}
                class="hint small"
                aria-pressed={item.nextStep === hint[v]}
                onClick={() => onChange({ ...item, nextStep: hint[v] })}
                data-testid={`hint-${item.descriptorId}-${v}`}
              >
                <span class="muted">{t().verdicts[v]}:</span> {formulas(hint[v])}
              </button>
            ))}
          </div>
        </details>
      )}
    </fieldset>
  );
}

/** Words that are surely not in the work. The server decides: it compares text, and knows what stands for what. */
function isForeign(work: string | undefined, quote: string): boolean {
  return work !== undefined && !quote.includes("…") && !quote.includes("...") && !letters(work).includes(letters(quote));
}

const letters = (text: string): string =>
  text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
