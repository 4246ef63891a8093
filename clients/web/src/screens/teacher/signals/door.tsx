import { w } from "../../../i18n/teacher";
import type { Lesson } from "../../../lesson/lesson";
import { byTime } from "../../../lesson/time";
import type { Pace } from "../../../protocol/types";
import { Theirs } from "../../../ui/Theirs";
import { Act } from "../parts/Act";
import type { SignalCard } from "./card";
import { Frame } from "./Frame";

/** Who waits to be let in. "All" are those that are on the screen, not who comes while it is pressed. */
export function door(lesson: Lesson, pace: Pace): SignalCard | undefined {
  const list = [...lesson.store.all("entry")].sort(([, a], [, b]) => byTime(a.at, b.at));
  if (list.length === 0 || pace.phase === "ended") return undefined;
  const all = list.map(([id]) => id);
  const card = (
    <Frame title={w().cards.door(list.length)} tone="sun">
      <ul class="plain stack door">
        {list.map(([id, entry]) => (
          <li key={id} class="row wrap apart">
            <b>
              <Theirs>{entry.nickname}</Theirs>
            </b>
            <span class="row wrap">
              <Act name="Admit" fields={{ studentIds: [id] }} testid={`admit-${id}`}>
                {w().cards.admit}
              </Act>
              <Act name="TurnAway" fields={{ studentIds: [id] }} kind="quiet" testid={`turn-away-${id}`}>
                {w().cards.turnAway}
              </Act>
            </span>
          </li>
        ))}
      </ul>
      {list.length > 1 && (
        <div class="row wrap">
          <Act name="Admit" fields={{ studentIds: all }} testid="admit-all">
            {w().cards.admitAll(list.length)}
          </Act>
          <Act name="TurnAway" fields={{ studentIds: all }} kind="quiet" testid="turn-away-all">
            {w().cards.turnAwayAll(list.length)}
          </Act>
        </div>
      )}
    </Frame>
  );
  return { key: "door", urgency: 75, card, urgent: true };
}
