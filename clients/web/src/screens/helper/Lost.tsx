import { isLanguage, ownNames } from "../../i18n";
import { w } from "../../i18n/helper";
import { useLesson } from "../../lesson/context";
import type { Helped } from "../../protocol/types";
import { Card } from "../../ui/parts";
import { childrenOf } from "./room";

/** How many are lost and where, never who: that is said by a raised hand alone. */
export function Lost({ room }: { room: Helped }) {
  const seated = childrenOf(useLesson()).filter(([, c]) => !c.waiting).length;
  if (room.phase !== "live" || seated === 0) return null;
  return (
    <Card>
      <h2>{w().lostTitle}</h2>
      <p class={room.lost ? "" : "muted"} data-testid="lost">
        {room.lost === undefined ? w().lostHidden : room.lost === 0 ? w().nobodyLost : w().lost(room.lost, seated)}
      </p>
      {(room.lostAt ?? []).length > 0 && (
        <ul class="plain row wrap">
          {room.lostAt?.map((at) => {
            const language = at.variant.slice(0, 2);
            return (
              <li key={`${at.variant}/${at.sentence}`} class="pill hot">
                {w().lostAt(at.sentence + 1, at.count)}
                {isLanguage(language) && ` · ${ownNames[language].short}`}
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}
