import { useState } from "preact/hooks";
import { inLanguage } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import { showCode } from "../../../lesson/joinCode";
import { isHere, seatsOf } from "../../../lesson/seats";
import type { Pace, Plan } from "../../../protocol/types";
import { Icon } from "../../../ui/icons";
import { Looks } from "../../../ui/Looks";
import { Button, Mark } from "../../../ui/parts";
import { RehearsalMark } from "../../../ui/RehearsalMark";
import { Sheet } from "../../../ui/Sheet";
import { ConnectionDot } from "../../../ui/Status";
import { SecondGroup } from "../combined/SecondGroup";
import { newCodeOf, Reopen } from "../parts/Reopen";
import { Record } from "../report/Record";
import { Rooms } from "../rooms/Rooms";
import { Incidents } from "../tutor/Incidents";
import { BoardSheet } from "./BoardSheet";
import { CodeSheet } from "./CodeSheet";
import { AiSwitch, EndLesson } from "./Controls";
import { Elapsed } from "./Elapsed";
import { MeterPill } from "./Meter";

const tones = { lobby: "sky", live: "ok", ended: "" } as const;

export function Header({ plan, pace }: { plan: Plan; pace: Pace }) {
  const lesson = useLesson();
  const [opened, setSheet] = useState<"code" | "board" | "more">();
  const isNew = newCodeOf.value === lesson.classroomId && plan.joinCode !== undefined;
  const sheet = isNew ? "code" : opened;
  const closeCode = () => {
    newCodeOf.value = undefined;
    setSheet(undefined);
  };
  const here = seatsOf(lesson).filter(([id]) => isHere(lesson, id)).length;
  return (
    <>
      <header class="bar-top">
        <a class="home-link" href="/teach#" aria-label={w().home.all} title={w().home.all}>
          <Mark size={36} />
        </a>
        <h1 class="name cut">
          {inLanguage(plan.title)} · {plan.className}
        </h1>
        <RehearsalMark on={plan.rehearsal} />
        <span class={`pill nowrap phase ${pace.phase} ${tones[pace.phase]}`} data-testid="phase">
          {w().phase[pace.phase]}
        </span>
        {pace.startedAt && <Elapsed pace={pace} minutes={plan.minutes} />}
        {lesson.state.value !== "live" && <ConnectionDot state={lesson.state} />}
        <span class="push" />
        {plan.joinCode && (
          <button type="button" class="code-button" onClick={() => setSheet("code")} data-testid="code">
            <span class="unseen">{w().head.code}:</span> <span data-testid="join-code">{showCode(plan.joinCode)}</span>
          </button>
        )}
        <span class="pill sky nowrap" data-testid="joined">
          {w().head.joined(pace.joined, here)}
        </span>
        {pace.phase !== "ended" && !plan.rehearsal && <AiSwitch on={pace.aiOn} />}
        <MeterPill />
        {pace.phase !== "ended" && (
          <Button kind="line" compact onClick={() => setSheet("board")} data-testid="board">
            {w().head.board}
          </Button>
        )}
        {pace.phase === "live" && <EndLesson />}
        {pace.phase === "ended" && !plan.rehearsal && <Reopen />}
        <Button kind="quiet" compact class="looks" title={w().record.more} onClick={() => setSheet("more")} data-testid="more">
          <Icon name="more" size={20} />
          <span class="unseen">{w().record.more}</span>
        </Button>
        <Looks />
      </header>
      {sheet === "more" && (
        <Sheet title={w().record.more} onClose={() => setSheet(undefined)}>
          {pace.phase !== "ended" && <Rooms />}
          <SecondGroup plan={plan} />
          {!plan.rehearsal && <Record />}
          <Incidents />
        </Sheet>
      )}
      {sheet === "code" && <CodeSheet code={plan.joinCode} isNew={isNew} onClose={closeCode} />}
      {sheet === "board" && <BoardSheet pace={pace} onClose={() => setSheet(undefined)} />}
    </>
  );
}
