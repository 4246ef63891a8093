import { w } from "../../../i18n/teacher";
import type { Lesson } from "../../../lesson/lesson";
import { spentOf } from "../../../lesson/meter";
import type { Pace } from "../../../protocol/types";
import type { SignalCard } from "./card";
import { Frame } from "./Frame";

/** Little or nothing is left of the lesson's AI budget. */
export function spent(lesson: Lesson, pace: Pace): SignalCard | undefined {
  const m = lesson.store.one("meter");
  const how = m && pace.phase === "live" ? spentOf(m) : "calm";
  if (how === "calm") return undefined;
  const card = (
    <Frame title={how === "reached" ? w().meter.reached : w().meter.near} tone="sun">
      <p class="small">{how === "reached" ? w().meter.reachedText : w().meter.nearText}</p>
    </Frame>
  );
  return { key: "meter", urgency: how === "reached" ? 60 : 30, card };
}
