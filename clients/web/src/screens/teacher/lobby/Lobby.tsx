import { inLanguage, t } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import type { Pace, Plan } from "../../../protocol/types";
import { Button } from "../../../ui/parts";
import { SecondGroup } from "../combined/SecondGroup";
import { Act } from "../parts/Act";
import { JoinCode } from "../parts/JoinCode";
import { Notes } from "../parts/Notes";
import { Roster } from "../roster/Roster";
import { ClassSize } from "./ClassSize";
import { Preparation } from "./Preparation";

type Props = { plan: Plan; pace: Pace; looking: string | undefined; onBack: () => void };

/** Before the lesson: who comes in, and a look at any step of the plan. */
export function Lobby({ plan, pace, looking, onBack }: Props) {
  return (
    <>
      <section class="card stack">
        <h2>{w().lobby.title}</h2>
        {plan.joinCode && <JoinCode code={plan.joinCode} />}
        <ClassSize pace={pace} />
        <div class="row wrap start-row">
          <Act name="StartLesson" fields={{}} big testid="start-lesson">
            {w().lobby.start}
          </Act>
          {pace.joined === 0 && <span class="muted small">{w().lobby.startAlone}</span>}
        </div>
        <SecondGroup plan={plan} />
      </section>
      {!looking && <Preparation plan={plan} open={pace.joined === 0} />}
      {looking ? <Preview plan={plan} stepId={looking} onBack={onBack} /> : <Roster pace={pace} empty={w().lobby.nobody} />}
    </>
  );
}

function Preview({ plan, stepId, onBack }: { plan: Plan; stepId: string; onBack: () => void }) {
  const step = useLesson().store.one("step", stepId);
  const head = plan.steps.find((s) => s.id === stepId);
  if (!step || !head) return null;
  return (
    <section class="stack" data-testid="preview">
      <div class="row apart">
        <div class="stack tight">
          <h2>{inLanguage(head.title)}</h2>
          <span class="small muted">
            {t().kinds[head.kind]} · {t().minutes(head.minutes)}
            {head.kind !== "unplugged" && ` · ${head.devices ? w().step.devices : w().step.unplugged}`}
          </span>
        </div>
        <Button kind="quiet" compact onClick={onBack}>
          {w().tabs.students}
        </Button>
      </div>
      <span class="small muted">{w().step.preview}</span>
      <Notes step={step} />
    </section>
  );
}
