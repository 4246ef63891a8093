import { useState } from "preact/hooks";
import { api, refusalOf } from "../../../connection/api";
import { serverNow, tick } from "../../../connection/clock";
import { uuid7 } from "../../../connection/ids";
import { inLanguage, say, t } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import { showCode } from "../../../lesson/joinCode";
import { useLesson } from "../../../lesson/selectors";
import type { Pace, Plan, Refusal } from "../../../protocol/types";
import { Icon } from "../../../ui/icons";
import { Looks } from "../../../ui/Looks";
import { Button, Mark } from "../../../ui/parts";
import { Confirm, Sheet } from "../../../ui/Sheet";
import { LinkDot } from "../../../ui/Status";
import { Outcome, useSend } from "../parts/Act";
import { clock } from "../parts/model";
import { Record } from "../report/Record";
import { Incidents } from "../tutor/Incidents";
import { BoardSheet } from "./BoardSheet";
import { MeterPill } from "./Meter";

const tones = { lobby: "sky", live: "ok", ended: "" } as const;

export function Header({ plan, pace }: { plan: Plan; pace: Pace }) {
  const lesson = useLesson();
  const [sheet, setSheet] = useState<"code" | "board" | "more">();
  const here = lesson.present.value.size;
  return (
    <>
      <header class="bar-top">
        <a class="home-link" href="/teach#" aria-label={w().home.all} title={w().home.all}>
          <Mark size={36} />
        </a>
        <h1 class="name cut">
          {inLanguage(plan.title)} · {plan.className}
        </h1>
        <span class={`pill nowrap phase ${pace.phase} ${tones[pace.phase]}`} data-testid="phase">
          {w().phase[pace.phase]}
        </span>
        {pace.startedAt && <Elapsed pace={pace} minutes={plan.minutes} />}
        {lesson.state.value !== "live" && <LinkDot state={lesson.state} />}
        <span class="push" />
        {plan.joinCode && (
          <button type="button" class="code-button" onClick={() => setSheet("code")} data-testid="code">
            <span class="unseen">{w().head.code}:</span> <span data-testid="join-code">{showCode(plan.joinCode)}</span>
          </button>
        )}
        <span class="pill sky nowrap" data-testid="joined">
          {w().head.joined(pace.joined, here)}
        </span>
        {pace.phase !== "ended" && <AiSwitch on={pace.aiOn} />}
        <MeterPill />
        {pace.phase !== "ended" && (
          <Button kind="line" compact onClick={() => setSheet("board")} data-testid="board">
            {w().head.board}
          </Button>
        )}
        {pace.phase === "live" && <End />}
        {pace.phase === "ended" && <Reopen />}
        <Button kind="quiet" compact class="looks" title={w().record.more} onClick={() => setSheet("more")} data-testid="more">
          <Icon name="more" size={20} />
          <span class="unseen">{w().record.more}</span>
        </Button>
        <Looks />
      </header>
      {sheet === "more" && (
        <Sheet title={w().record.more} onClose={() => setSheet(undefined)}>
          <Record />
          <Incidents />
        </Sheet>
      )}
      {sheet === "code" && <CodeSheet code={plan.joinCode} onClose={() => setSheet(undefined)} />}
      {sheet === "board" && <BoardSheet pace={pace} onClose={() => setSheet(undefined)} />}
    </>
  );
}

function Elapsed({ pace, minutes }: { pace: Pace; minutes: number }) {
  const end = pace.endedAt && pace.phase === "ended" ? Date.parse(pace.endedAt) : Math.max(tick.value, serverNow());
  const passed = end - Date.parse(pace.startedAt ?? "");
  return (
    <span class={`nowrap ${passed > minutes * 60_000 ? "late" : "muted"}`} role="timer">
      {clock(passed)} / {minutes}:00
    </span>
  );
}

function AiSwitch({ on }: { on: boolean }) {
  const { send, sent } = useSend();
  return (
    <span class="act">
      <button
        type="button"
        class="switch"
        role="switch"
        aria-checked={on}
        aria-label={`${w().head.ai}: ${on ? w().head.aiOn : w().head.aiOff}`}
        onClick={() => send("SwitchAi", { on: !on }, "ai")}
        data-testid="ai-switch"
      >
        <i />
        {w().head.ai}
      </button>
      <Outcome sent={sent} />
    </span>
  );
}

function End() {
  const { send, sent } = useSend();
  return (
    <span class="act">
      <Confirm
        label={w().head.end}
        ask={w().head.endAsk}
        yes={w().head.endYes}
        kind="quiet"
        onYes={() => send("EndLesson", {})}
        testid="end-lesson"
      />
      <Outcome sent={sent} />
    </span>
  );
}

/** Reopening is a request, not a command: the server leases a new code. */
export function Reopen({ big }: { big?: boolean }) {
  const lesson = useLesson();
  const [commandId] = useState(uuid7);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const go = () => {
    setBusy(true);
    setRefusal(undefined);
    api
      .reopen(lesson.classroomId, commandId)
      .catch((error) => setRefusal(refusalOf(error)))
      .finally(() => setBusy(false));
  };
  return (
    <span class="act">
      <Button
        compact={!big}
        {...(big ? {} : { kind: "quiet" as const })}
        disabled={busy}
        onClick={go}
        data-testid={big ? "reopen-lesson-big" : "reopen-lesson"}
      >
        {w().head.reopen}
      </Button>
      {refusal && (
        <span class="outcome refused" role="alert">
          {say(refusal)}
        </span>
      )}
    </span>
  );
}

function CodeSheet({ code, onClose }: { code: string | undefined; onClose: () => void }) {
  return (
    <Sheet title={w().head.code} onClose={onClose}>
      {code ? <Code code={code} /> : <p>{w().head.noCode}</p>}
    </Sheet>
  );
}

/** The code large, with its QR. */
export function Code({ code }: { code: string }) {
  const link = `${location.origin}/j/${code}`;
  return (
    <div class="code-large">
      <img src={api.qr(link)} alt="" width={168} height={168} />
      <div class="stack tight">
        <b class="code-text">{showCode(code)}</b>
        <span class="muted small">{w().head.codeHow}</span>
        <a href={link} target="_blank" rel="noreferrer">
          {location.host}
        </a>
      </div>
      <span class="unseen">{t().name}</span>
    </div>
  );
}
