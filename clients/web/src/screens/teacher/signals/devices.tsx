import { w } from "../../../i18n/teacher";
import type { Lesson } from "../../../lesson/lesson";
import { seatsOf } from "../../../lesson/seats";
import type { Pace } from "../../../protocol/types";
import { Theirs } from "../../../ui/Theirs";
import { Act } from "../parts/Act";
import type { SignalCard } from "./card";
import { Frame } from "./Frame";

/** A seat is asked for from another device. */
export function devices(lesson: Lesson, pace: Pace): SignalCard | undefined {
  const list = seatsOf(lesson).filter(([, s]) => s.deviceWaiting);
  if (list.length === 0 || pace.phase === "ended") return undefined;
  const card = (
    <Frame title={w().cards.devices(list.length)} tone="sun">
      <span class="small">{w().cards.deviceHow}</span>
      <ul class="plain stack">
        {list.map(([id, s]) => (
          <li key={id} class="row wrap apart">
            <b>
              <Theirs>{s.nickname}</Theirs>
            </b>
            <span class="row">
              <Act name="ApproveDevice" fields={{ studentId: id }} testid={`approve-device-${id}`}>
                {w().cards.approve}
              </Act>
              <Act name="RefuseDevice" fields={{ studentId: id }} kind="quiet" testid={`refuse-device-${id}`}>
                {w().cards.refuse}
              </Act>
            </span>
          </li>
        ))}
      </ul>
    </Frame>
  );
  return { key: "devices", urgency: 80, card };
}
