import { language, languages, ownNames } from "../../../i18n";
import type { OwnText } from "./ownQuestion";

/** As the server takes them. */
const longest = 500;

type Props = { label: string; value: OwnText; three: boolean; onChange: (value: OwnText) => void; testid: string };

/** One text of a question: a field, or one for each language. */
export function OwnField({ label, value, three, onChange, testid }: Props) {
  const shown = three ? languages : [language.value];
  return (
    <div class="stack tight grow">
      {shown.map((l) => (
        <label class="stack tight" key={l}>
          {three ? `${label} · ${ownNames[l].full}` : label}
          <input
            type="text"
            maxLength={longest}
            lang={l}
            value={value[l] ?? ""}
            onInput={(e) => onChange({ ...value, [l]: e.currentTarget.value })}
            data-testid={l === language.value ? testid : `${testid}-${l}`}
          />
        </label>
      ))}
    </div>
  );
}
