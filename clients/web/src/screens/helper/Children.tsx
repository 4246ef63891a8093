import { w } from "../../i18n/helper";
import { useLesson } from "../../lesson/context";
import { Card, Pill } from "../../ui/parts";
import { Theirs } from "../../ui/Theirs";
import { childrenOf, isHere, matesOf } from "./room";

/** Who sits in this room, and whose line is cut. */
export function Children() {
  const lesson = useLesson();
  const seated = childrenOf(lesson).filter(([, c]) => !c.waiting);
  return (
    <Card>
      <h2 class="row">
        {w().children} {seated.length > 0 && <Pill>{seated.length}</Pill>}
      </h2>
      {seated.length === 0 && <p class="muted">{w().nobody}</p>}
      <ul class="plain stack tight">
        {seated.map((placed) => {
          const [id, child] = placed;
          const here = isHere(lesson, placed);
          return (
            <li key={id} class="row apart" data-testid={`child-${id}`}>
              <span class="cut">
                <Theirs>{child.nickname}</Theirs>
                {child.sharedWith && (
                  <span class="small muted">
                    {" "}
                    · {w().together} <Theirs>{matesOf(lesson, child)}</Theirs>
                  </span>
                )}
              </span>
              <span class="row small muted nowrap">
                <span class={`dot ${here ? "live" : "offline"}`} />
                {here ? w().here : w().away}
              </span>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
