import { minutesSince } from "../../../connection/clock";
import { inLanguage } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import { openQuestion, silentOf } from "../../../lesson/answers";
import type { Lesson } from "../../../lesson/lesson";
import { isTimeOver } from "../../../lesson/time";
import type { Pace } from "../../../protocol/types";
import { inWords } from "../../../ui/formula/find";
import { Act } from "../parts/Act";
import { isUnplugged } from "./away";
import type { SignalCard } from "./card";
import { Frame } from "./Frame";

/** Who is connected and has not answered the open question. */
export function unanswered(lesson: Lesson, pace: Pace): SignalCard | undefined {
  if (isUnplugged(lesson, pace)) return undefined;
  const open = openQuestion(lesson);
  if (!open) return undefined;
  const silent = silentOf(lesson, open[0], open[1]).here;
  if (silent.length === 0) return undefined;
  const isOver = isTimeOver(open[1]);
  const card = (
    <Frame title={w().cards.unanswered(silent.length)}>
      <p class="small muted cut">{inWords(inLanguage(open[1].text))}</p>
      <p>{silent.join(", ")}</p>
      <Act name="CloseQuestion" fields={{ questionId: open[0] }} {...(isOver ? {} : { kind: "quiet" })} testid="card-close-question">
        {w().cards.closeQuestion}
      </Act>
    </Frame>
  );
  return { key: "unanswered", urgency: 40 + (isOver ? 20 : Math.min(20, minutesSince(open[1].askedAt) * 4)), card };
}
