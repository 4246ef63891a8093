import { minutesSince } from "../../connection/clock";
import { t } from "../../i18n";
import { w } from "../../i18n/helper";
import { useLesson } from "../../lesson/context";
import { byTime } from "../../lesson/time";
import type { Child } from "../../protocol/types";
import { Card, Pill } from "../../ui/parts";
import { Theirs } from "../../ui/Theirs";
import { Act, hands } from "./Act";
import { childrenOf } from "./room";

/** Who waits for help in this room, the longest first. Two people never walk to the same hand. */
export function Hands() {
  const raised = childrenOf(useLesson())
    .flatMap(([id, child]) => (child.hand ? [{ id, child, hand: child.hand }] : []))
    .sort((a, b) => byTime(a.hand.since, b.hand.since));
  const free = raised.filter((r) => !r.hand.by).length;
  return (
    <Card>
      <h2 class="row" id={hands} tabIndex={-1}>
        {w().hands} {free > 0 && <Pill tone="hot">{free}</Pill>}
      </h2>
      {raised.length === 0 && <p class="muted">{w().noHands}</p>}
      <ul class="plain stack">
        {raised.map(({ id, child, hand }) => (
          <Row key={id} id={id} child={child} hand={hand} />
        ))}
      </ul>
    </Card>
  );
}

function Row({ id, child, hand }: { id: string; child: Child; hand: NonNullable<Child["hand"]> }) {
  return (
    <li class="stack tight" data-testid={`hand-${id}`}>
      <span class="row apart">
        <b class="cut">
          <Theirs>{child.nickname}</Theirs>
        </b>
        <span class="muted nowrap">{t().minutes(minutesSince(hand.since))}</span>
      </span>
      <span class="muted">{hand.topic ? <Theirs>{hand.topic}</Theirs> : w().noTopic}</span>
      {hand.by && <span class="small muted">{hand.mine ? w().mine : w().taken(hand.by)}</span>}
      <span class="row wrap">
        {hand.by ? (
          <Act
            name="AnswerHand"
            fields={{ studentId: id }}
            kind="line"
            label={`${w().answered}: ${child.nickname}`}
            testid={`answer-${id}`}
            heading={hands}
          >
            {w().answered}
          </Act>
        ) : (
          <Act name="ClaimHand" fields={{ studentId: id }} label={`${w().coming}: ${child.nickname}`} testid={`claim-${id}`}>
            {w().coming}
          </Act>
        )}
      </span>
    </li>
  );
}
