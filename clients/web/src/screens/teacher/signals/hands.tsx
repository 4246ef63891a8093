import { minutesSince } from "../../../connection/clock";
import { t } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import type { Lesson } from "../../../lesson/lesson";
import { numberOf, roomsOf } from "../../../lesson/rooms";
import { namesOnPhone } from "../../../lesson/seats";
import { byTime } from "../../../lesson/time";
import type { Hand, Pace } from "../../../protocol/types";
import { Icon } from "../../../ui/icons";
import { explainQuestion } from "../explain/askedByStudent";
import { Act } from "../parts/Act";
import { labelOf } from "../rooms/names";
import type { Tab } from "../tabs";
import type { SignalCard } from "./card";
import { Frame } from "./Frame";

/** Raised hands, the longest wait first. */
export function hands(lesson: Lesson, pace: Pace, onTab: (tab: Tab) => void): SignalCard | undefined {
  // After the bell nobody walks to a desk.
  if (pace.phase === "ended") return undefined;
  const list = [...lesson.store.all("hand")].sort(([, a], [, b]) => byTime(a.since, b.since));
  if (list.length === 0) return undefined;
  const free = list.filter(([, h]) => !h.claimedBy);
  const longest = free[0] ? minutesSince(free[0][1].since) : 0;
  const rooms = roomsOf(lesson);
  const roomOf = (id: string) => rooms.find((r) => r.number === numberOf(lesson.store.one("seat", id)));
  const card = (
    <Frame
      title={
        <>
          <Icon name="hand" size={18} /> {w().cards.hands(list.length)}
        </>
      }
    >
      <ul class="plain stack">
        {list.slice(0, 5).map(([id, h]) => (
          <HandRow
            key={id}
            id={id}
            hand={h}
            name={namesOnPhone(lesson, id)}
            room={rooms.length > 0 ? labelOf(roomOf(id) ?? {}) : undefined}
            {...(pace.phase === "live" && lesson.modelWrites.value ? { onExplain: () => onTab("step") } : {})}
          />
        ))}
      </ul>
      {list.length > 5 && <span class="small muted">{w().cards.more(list.length - 5)}</span>}
    </Frame>
  );
  return { key: "hands", urgency: free.length > 0 ? 50 + Math.min(45, longest * 8) : 15, card, urgent: free.length > 0 };
}

type RowProps = { id: string; hand: Hand; name: string; room: string | undefined; onExplain?: () => void };

function HandRow({ id, hand, name, room, onExplain }: RowProps) {
  return (
    <li class="stack tight hand">
      <div class="row apart">
        <b class="cut">{name}</b>
        <span class="muted small nowrap">{t().minutes(minutesSince(hand.since))}</span>
      </div>
      {room && <span class="small muted cut">{room}</span>}
      {hand.topic && <span class="small">{hand.topic}</span>}
      <div class="row wrap">
        {hand.claimedBy ? (
          <span class="small muted grow">{w().cards.claimed(hand.claimedName ?? "")}</span>
        ) : (
          <Act name="ClaimHand" fields={{ studentId: id }} kind="line" testid={`claim-${id}`}>
            {w().cards.claim}
          </Act>
        )}
        <Act name="AnswerHand" fields={{ studentId: id }} kind="quiet" testid={`answer-hand-${id}`}>
          {w().cards.answered}
        </Act>
        {hand.topic && onExplain && (
          <button
            type="button"
            class="btn bare compact"
            onClick={() => {
              explainQuestion(hand.topic);
              onExplain();
            }}
            data-testid={`explain-hand-${id}`}
          >
            {w().explain.explainThis}
          </button>
        )}
      </div>
    </li>
  );
}
