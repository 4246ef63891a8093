import type { Pace, Plan } from "../wire/types";
import { Act } from "./act";
import { Code } from "./Header";
import { Roster } from "./Roster";
import { w } from "./words";

export function Lobby({ plan, pace }: { plan: Plan; pace: Pace }) {
  return (
    <>
      <section class="card stack">
        <h2>{w().lobby.title}</h2>
        {plan.joinCode && <Code code={plan.joinCode} />}
        <div class="row wrap">
          <Act name="StartLesson" fields={{}} testid="start-lesson">
            {w().lobby.start}
          </Act>
          {pace.joined === 0 && <span class="muted small">{w().lobby.startAlone}</span>}
        </div>
      </section>
      <Roster pace={pace} empty={w().lobby.nobody} />
    </>
  );
}
