import { api } from "../../connection/api";
import { secondsLeft } from "../../connection/clock";
import { inLanguage, t } from "../../i18n";
import { w } from "../../i18n/board";
import { w as roomWords } from "../../i18n/rooms";
import { hostOf, joinOrigin } from "../../lesson/address";
import { useLesson } from "../../lesson/context";
import { showCode } from "../../lesson/joinCode";
import { joinLink } from "../../lesson/joinLink";
import { roomOfBoard } from "../../lesson/rooms";
import type { Pace } from "../../protocol/types";
import { Mark } from "../../ui/parts";
import { RehearsalMark } from "../../ui/RehearsalMark";
import { Clock } from "./Clock";

type Props = {
  pace: Pace;
  /** Below stands another clock, that of a discussion or of a question: two would disagree. */
  isTimed: boolean;
  mayDraw: boolean;
};

/** Where the lesson is, and how to join it: on every live board. */
export function BoardHeader({ pace, isTimed, mayDraw }: Props) {
  const lesson = useLesson();
  const plan = lesson.store.one("plan");
  if (!plan) return null;
  const room = roomOfBoard(lesson);
  const at = plan.steps.findIndex((s) => s.id === pace.stepId);
  const step = plan.steps[at];
  const minutes = (step?.minutes ?? 0) + (pace.minutesAdded ?? 0);
  const left = step && pace.stepStartedAt ? secondsLeft(pace.stepStartedAt, minutes) : undefined;
  const share = left !== undefined ? Math.max(0, Math.min(1, 1 - left / (minutes * 60))) : 0;
  return (
    <header class="head">
      <Mark size={54} />
      <div class="titles">
        <h1 class="title">{inLanguage(plan.title)}</h1>
        <span class="muted line">
          <RehearsalMark on={plan.rehearsal} /> {plan.className} · {room && `${room.name ?? roomWords().hub} · `}
          {t().step(at + 1)} · {inLanguage(step?.title)}
        </span>
        <div class="strip" role="img" aria-label={`${t().step(at + 1)} / ${plan.steps.length}`}>
          {plan.steps.map((s, i) => (
            <i key={s.id} class={i < at ? "done" : i === at ? "now" : ""}>
              {i === at && <span style={{ width: `${Math.round(share * 100)}%` }} />}
            </i>
          ))}
        </div>
      </div>
      {left !== undefined && !isTimed && (
        <Clock left={() => left} testid="step-clock">
          {mayDraw && <MoreTime stepId={pace.stepId ?? ""} />}
        </Clock>
      )}
      {plan.joinCode && <CodeCorner code={plan.joinCode} joined={pace.joined} />}
    </header>
  );
}

/** One minute more, of the step or of its discussion: where the clock is. */
export function MoreTime({ stepId }: { stepId: string }) {
  const lesson = useLesson();
  return (
    <button type="button" class="minute" onClick={() => lesson.outbox.send("AddMinute", { stepId })} data-testid="add-minute">
      {w().addMinute}
    </button>
  );
}

/** Nothing while the address is not known: a wrong one is worse. */
export function JoinQr({ code }: { code: string }) {
  const origin = joinOrigin();
  const room = roomOfBoard(useLesson());
  const link = joinLink(origin ?? "", code, room?.number);
  return origin ? <img class="qr" src={api.qr(link)} alt={link} /> : null;
}

function CodeCorner({ code, joined }: { code: string; joined: number }) {
  const room = roomOfBoard(useLesson());
  const host = hostOf(joinOrigin());
  return (
    <div class="corner">
      <div>
        <b>{showCode(code)}</b>
        <small data-testid="joined">
          {room ? `${host} · ${roomWords().inRoom(room.joined)} · ${roomWords().inAll(joined)}` : w().joinAt(host, joined)}
        </small>
      </div>
      <JoinQr code={code} />
    </div>
  );
}
