import { w } from "../../../i18n/teacher";
import type { Lesson } from "../../../lesson/lesson";
import { seatsOf } from "../../../lesson/seats";
import type { Pace } from "../../../protocol/types";
import { Theirs } from "../../../ui/Theirs";
import { Act } from "../parts/Act";
import type { SignalCard } from "./card";
import { Frame } from "./Frame";

/** A seat is asked for from another device: each request with the number that stands on that device's screen. */
export function devices(lesson: Lesson, pace: Pace): SignalCard | undefined {
  const list = seatsOf(lesson).flatMap(([id, s]) => (s.requests ?? []).map((r) => ({ id, nickname: s.nickname, ...r })));
  if (list.length === 0 || pace.phase === "ended") return undefined;
  const card = (
    <Frame title={w().cards.devices(list.length)} tone="sun">
      <span class="small">{w().cards.deviceHow}</span>
      <ul class="plain stack">
        {list.map(({ id, nickname, deviceId, code }) => (
          <li key={deviceId} class="row wrap apart" data-testid={`request-${id}`}>
            <span class="row">
              {code && <b class="count warm">{code}</b>}
              <b>
                <Theirs>{nickname}</Theirs>
              </b>
            </span>
            <span class="row wrap">
              <Act name="ApproveDevice" fields={{ studentId: id, deviceId }} testid={`approve-device-${code ?? id}`}>
                {w().cards.approve}
              </Act>
              <Act name="RefuseDevice" fields={{ studentId: id, deviceId }} kind="quiet" testid={`refuse-device-${code ?? id}`}>
                {w().cards.refuse}
              </Act>
            </span>
          </li>
        ))}
      </ul>
    </Frame>
  );
  return { key: "devices", urgency: 80, card, urgent: true };
}
