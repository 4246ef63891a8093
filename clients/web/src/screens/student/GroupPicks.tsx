import { useEffect, useRef } from "preact/hooks";
import { inLanguage } from "../../i18n";
import { w } from "../../i18n/student";
import type { GroupChoice } from "../../protocol/http";
import { Theirs } from "../../ui/Theirs";

type Props = { groups: readonly GroupChoice[]; picked: string | undefined; isAsked: boolean; onPick: (code: string) => void };

/** Which class of a combined one the child is in: one press.
 *  @param isAsked the child wanted in without having said it: it is led here */
export function GroupPicks({ groups, picked, isAsked, onPick }: Props) {
  const set = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    if (isAsked) set.current?.focus();
  }, [isAsked]);
  return (
    <fieldset class="stack" tabIndex={-1} ref={set} data-testid="groups">
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
