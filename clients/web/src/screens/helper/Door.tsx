import { w } from "../../i18n/helper";
import { useLesson } from "../../lesson/context";
import { Card, Pill } from "../../ui/parts";
import { Theirs } from "../../ui/Theirs";
import { Act, door, hands, phones } from "./Act";
import { childrenOf } from "./room";

/** Who wants to come in: for the first time, or to its own seat from another phone. */
export function Door() {
  const all = childrenOf(useLesson());
  const waiting = all.filter(([, c]) => c.waiting);
  const asking = all.flatMap(([id, c]) => (c.requests ?? []).map((request) => ({ id, nickname: c.nickname, request })));
  if (waiting.length + asking.length === 0) return null;
  return (
    <Card tone="sun">
      {waiting.length > 0 && (
        <>
          <h2 class="row" id={door} tabIndex={-1}>
            {w().door} <Pill tone="warn">{waiting.length}</Pill>
          </h2>
          <ul class="plain stack">
            {waiting.map(([id, child]) => (
              <li key={id} class="row wrap apart">
                <b class="cut">
                  <Theirs>{child.nickname}</Theirs>
                </b>
                <span class="row wrap">
                  <Act
                    name="Admit"
                    fields={{ studentIds: [id] }}
                    label={`${w().letIn}: ${child.nickname}`}
                    testid={`admit-${id}`}
                    heading={waiting.length > 1 ? door : hands}
                  >
                    {w().letIn}
                  </Act>
                </span>
              </li>
            ))}
          </ul>
          {waiting.length > 1 && (
            <span class="row wrap">
              <Act name="Admit" fields={{ studentIds: waiting.map(([id]) => id) }} kind="line" testid="admit-all" heading={hands}>
                {w().letInAll(waiting.length)}
              </Act>
            </span>
          )}
        </>
      )}
      {asking.length > 0 && (
        <>
          <h2 id={phones} tabIndex={-1}>
            {w().phones}
          </h2>
          <p class="small">{w().phoneHow}</p>
          <ul class="plain stack">
            {asking.map(({ id, nickname, request }) => (
              <li key={request.deviceId} class="row wrap apart">
                <b class="cut">
                  <Theirs>{nickname}</Theirs>
                </b>
                {request.code && <span class="pill nowrap">{request.code}</span>}
                <span class="row wrap">
                  <Act
                    name="ApproveDevice"
                    fields={{ studentId: id, deviceId: request.deviceId }}
                    label={`${w().approve}: ${nickname}`}
                    testid={`approve-${id}`}
                    heading={asking.length > 1 ? phones : hands}
                  >
                    {w().approve}
                  </Act>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}
