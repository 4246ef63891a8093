import { w } from "../../../i18n/teacher";
import type { Round } from "../../../protocol/types";
import { Theirs } from "../../../ui/Theirs";
import { Act } from "../parts/Act";

/** Every word of a cloud with what the teacher may do with it: those that the rules of words doubt stand first and wait. */
export function Cloud({ id, round }: { id: string; round: Round }) {
  const words = [...round.counts].sort((a, b) => Number(b.hidden ?? false) - Number(a.hidden ?? false));
  const waiting = words.filter((c) => c.hidden).length;
  return (
    <div class="stack tight" data-testid="cloud">
      {waiting > 0 && <p class="small strong">{w().ask.wordsHidden(waiting)}</p>}
      <ul class="plain words">
        {words.map((c) => (
          <li key={c.key} class={c.hidden ? "hidden-idea" : ""} data-testid={`word-${c.key}`}>
            <span>
              <Theirs>{c.key}</Theirs>
              {c.count > 1 && <span class="small muted"> {c.count}</span>}
            </span>
            <Act
              name="HideWord"
              fields={{ questionId: id, word: c.key, hidden: !c.hidden }}
              kind={c.hidden ? "line" : "quiet"}
              testid="hide-word"
            >
              {c.hidden ? w().ask.showWord : w().ask.hideWord}
            </Act>
          </li>
        ))}
      </ul>
    </div>
  );
}
