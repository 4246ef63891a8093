import { inLanguage } from "../../i18n";
import { w } from "../../i18n/student";
import type { GroupChoice } from "../../protocol/http";
import { Theirs } from "../../ui/Theirs";

type Props = { groups: readonly GroupChoice[]; picked: string | undefined; onPick: (code: string) => void };

/** Which class of a combined one the child is in: one press, before everything else. */
export function GroupPicks({ groups, picked, onPick }: Props) {
  return (
    <fieldset class="stack" data-testid="groups">
      <legend class="strong">{w().join.group}</legend>
      {groups.map(({ code, className, title }) => (
        <button
          type="button"
          key={code}
          class="pick"
          aria-pressed={code === picked}
          onClick={() => onPick(code)}
          data-testid={`group-${code}`}
        >
          <b>
            <Theirs>{className}</Theirs>
          </b>
          <span class="small">{inLanguage(title)}</span>
        </button>
      ))}
    </fieldset>
  );
}
