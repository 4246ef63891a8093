import { w } from "../../../i18n/teacher";
import type { Lesson } from "../../../lesson/lesson";
import { isHere, seatsOf } from "../../../lesson/seats";
import type { Pace } from "../../../protocol/types";
import { few } from "../parts/names";
import type { Tab } from "../tabs";
import type { SignalCard } from "./card";
import { Frame } from "./Frame";

/** A step without devices: a phone in the bag is as it should be. */
export const isUnplugged = (lesson: Lesson, pace: Pace): boolean =>
  lesson.store.one("plan")?.steps.find((s) => s.id === pace.stepId)?.devices === false;

/** Students with a seat who are not connected. */
export function away(lesson: Lesson, pace: Pace, onTab: (tab: Tab) => void): SignalCard | undefined {
  if (pace.phase !== "live" || isUnplugged(lesson, pace)) return undefined;
  const list = seatsOf(lesson).filter(([id, s]) => !isHere(lesson, id) && !s.requests);
  if (list.length === 0) return undefined;
  const card = (
    <Frame title={w().cards.away(list.length)}>
      <p>
        {few(
          list.map(([, s]) => s.nickname),
          6,
        )}
      </p>
      <div>
        <button type="button" class="btn quiet compact" onClick={() => onTab("students")}>
          {w().cards.awayGo}
        </button>
      </div>
    </Frame>
  );
  return { key: "away", urgency: 20, card };
}
