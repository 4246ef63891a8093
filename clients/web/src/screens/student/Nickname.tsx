import { useEffect, useState } from "preact/hooks";
import { api } from "../../connection/api";
import { held } from "../../connection/lost";
import { language } from "../../i18n";
import { w } from "../../i18n/student";
import { Length } from "../../ui/Length";
import { Button } from "../../ui/parts";

export type Named = { nickname: string /** Picked from the list: the board may show it in the lobby. */; themed: boolean };

/** As the server takes it. */
export const longestName = 24;

/** A name picked from the themed list, or typed. */
export function Nickname({ value, onChange }: { value: Named; onChange: (named: Named) => void }) {
  const [names, setNames] = useState<string[]>([]);
  const [turn, setTurn] = useState(0);
  const [failed, setFailed] = useState(false);
  const now = language.value;
  const stopped = held.value;
  useEffect(() => {
    if (stopped) return;
    let here = true;
    api.nicknames(now).then(
      (list) => {
        if (!here) return;
        setNames(list);
        setFailed(false);
      },
      () => {
        if (here) setFailed(true);
      },
    );
    return () => {
      here = false;
    };
  }, [now, turn, stopped]);
  return (
    <div class="stack">
      {failed ? (
        <p class="muted">{w().join.noNames}</p>
      ) : (
        <>
          <p class="muted">{w().join.pick}</p>
          <div class="names" role="group" aria-label={w().join.pick}>
            {names.map((n) => (
              <button
                type="button"
                key={n}
                class="pick name"
                aria-pressed={value.themed && value.nickname === n}
                onClick={() => onChange({ nickname: n, themed: true })}
              >
                {n}
              </button>
            ))}
          </div>
          <Button kind="bare" onClick={() => setTurn(turn + 1)}>
            {w().join.others}
          </Button>
        </>
      )}
      <label class="stack tight">
        <span class="muted small">{w().join.type}</span>
        <input
          type="text"
          autocomplete="off"
          value={value.themed ? "" : value.nickname}
          onInput={(e) => onChange({ nickname: e.currentTarget.value, themed: false })}
        />
        <Length text={value.themed ? "" : value.nickname} max={longestName} />
      </label>
    </div>
  );
}
