import { useState } from "preact/hooks";
import { minutesSince } from "../../connection/clock";
import type { Outbox, Sent } from "../../connection/outbox";
import { say, t } from "../../i18n";
import { w } from "../../i18n/mentor";
import type { CommandName } from "../../protocol/commands";
import type { Refusal, Tile } from "../../protocol/types";
import { Button } from "../../ui/parts";
import { RehearsalMark } from "../../ui/RehearsalMark";
import { Outcome } from "../../ui/Status";
import { Theirs } from "../../ui/Theirs";
import { byTopic, type PlacedHand, type TopicGroup } from "./wall";

/** @property mayClaim a mentor; an admin only looks */
type Props = { tiles: readonly Tile[]; outbox: Outbox; me: string | undefined; mayClaim: boolean };

/** Who waits, by topic. A claim is one mentor's: two never walk to the same hand. */
export function Hands({ tiles, outbox, me, mayClaim }: Props) {
  const groups = byTopic(tiles);
  const free = groups.reduce((n, g) => n + g.hands.filter((h) => !h.claimedBy).length, 0);
  return (
    <aside class="hands stack">
      <h2>
        {w().hands} {free > 0 && <span class="pill hot">{free}</span>}
      </h2>
      {groups.length === 0 && <p class="muted">{w().nobody}</p>}
      {groups.map((g) => (
        <Group key={`${g.rehearsal}/${g.topic}`} group={g} outbox={outbox} me={me} mayClaim={mayClaim} />
      ))}
    </aside>
  );
}

function Group({ group, outbox, me, mayClaim }: Omit<Props, "tiles"> & { group: TopicGroup }) {
  const free = group.hands.filter((h) => !h.claimedBy);
  const [refusal, setRefusal] = useState<Refusal>();
  const claimAll = async () => {
    setRefusal(undefined);
    const sent = free.map((h) => outbox.send("ClaimHand", { classroomId: h.tile.classroomId, studentId: h.studentId }));
    for (const s of sent) {
      const reply = await s.done;
      if (reply.refusal) setRefusal(reply.refusal);
    }
  };
  return (
    <section class={`card stack ${free.length === 0 ? "taken" : ""}`}>
      <h3>
        {group.topic || w().noTopic} · {group.hands.length} <RehearsalMark on={group.rehearsal} />
      </h3>
      <ul class="plain stack">
        {group.hands.map((h) => (
          <HandRow key={`${h.tile.classroomId}/${h.studentId}`} hand={h} outbox={outbox} me={me} mayClaim={mayClaim} />
        ))}
      </ul>
      {mayClaim && free.length > 1 && <Button onClick={() => void claimAll()}>{w().comingAll(free.length)}</Button>}
      {refusal && (
        <span class="outcome refused" role="alert">
          {say(refusal)}
        </span>
      )}
    </section>
  );
}

function HandRow({ hand, outbox, me, mayClaim }: Omit<Props, "tiles"> & { hand: PlacedHand }) {
  const [sent, setSent] = useState<Sent>();
  const wait = minutesSince(hand.since);
  const send = (name: CommandName & ("ClaimHand" | "AnswerHand")) =>
    setSent(outbox.send(name, { classroomId: hand.tile.classroomId, studentId: hand.studentId }));
  const busy = sent?.state.value === "sending" || sent?.state.value === "waiting";
  return (
    <li class="hand stack tight">
      <div class="row apart">
        <span class="cut">
          <b>
            <Theirs>{hand.nickname}</Theirs>
          </b>{" "}
          {!hand.tile.rehearsal && <span class="muted">· {hand.tile.className}</span>}
        </span>
        <span class={`nowrap ${hand.claimedBy ? "muted" : "late"}`}>{t().minutes(wait)}</span>
      </div>
      <div class="row wrap">
        {hand.claimedBy ? (
          <>
            <span class="small muted grow">
              {hand.claimedById === me ? w().mine : `${w().taken}: ${hand.claimedBy}`}
              {hand.claimedAt && `, ${w().ago(minutesSince(hand.claimedAt))}`}
            </span>
            {mayClaim && (
              <Button kind="quiet" compact disabled={busy} onClick={() => send("AnswerHand")} data-testid={`answer-${hand.studentId}`}>
                {w().answered}
              </Button>
            )}
          </>
        ) : (
          mayClaim && (
            <Button kind="line" compact disabled={busy} onClick={() => send("ClaimHand")} data-testid={`claim-${hand.studentId}`}>
              {w().coming}
            </Button>
          )
        )}
        <Outcome sent={sent} />
      </div>
    </li>
  );
}
