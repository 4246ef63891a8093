import { w as a } from "../../../i18n/asking";
import { w } from "../../../i18n/teacher";
import { Icon } from "../../../ui/icons";
import { Button } from "../../../ui/parts";
import { OwnField } from "./OwnField";
import type { Own, OwnOption } from "./ownQuestion";

const most = 8;
const least = 2;

/** Options, and which are right: none needs to be. */
export function OwnOptions({ own, onChange }: { own: Own; onChange: (options: OwnOption[]) => void }) {
  const set = (at: number, part: Partial<OwnOption>) => onChange(own.options.map((o, i) => (i === at ? { ...o, ...part } : o)));
  const mark = (at: number, correct: boolean) =>
    own.kind === "single" ? onChange(own.options.map((o, i) => ({ ...o, correct: i === at && correct }))) : set(at, { correct });
  return (
    <div class="stack">
      {own.options.map((o, i) => (
        <div class="row own-option" key={i}>
          <OwnField
            label={a().own.option(i + 1)}
            value={o.text}
            three={own.three}
            onChange={(text) => set(i, { text })}
            testid={`own-option-${i}`}
          />
          <label class="row check small">
            <input
              type="checkbox"
              checked={o.correct}
              aria-label={a().own.isRight(i + 1)}
              onChange={(e) => mark(i, e.currentTarget.checked)}
              data-testid={`own-right-${i}`}
            />
            {w().ask.right}
          </label>
          {own.options.length > least && (
            <Button
              kind="bare"
              compact
              aria-label={a().own.remove(i + 1)}
              title={a().own.remove(i + 1)}
              onClick={() => onChange(own.options.filter((_, at) => at !== i))}
            >
              <Icon name="cross" size={18} />
            </Button>
          )}
        </div>
      ))}
      {own.options.length < most && (
        <div>
          <Button kind="quiet" compact onClick={() => onChange([...own.options, { text: {}, correct: false }])} data-testid="own-add">
            {a().own.add}
          </Button>
        </div>
      )}
    </div>
  );
}
