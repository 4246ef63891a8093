import { useEffect, useMemo } from "preact/hooks";
import { inLanguage, language, say, t } from "../../i18n";
import { otherWords } from "../../i18n/late";
import { w } from "../../i18n/student";
import { LessonContext, useLesson } from "../../lesson/context";
import { enterLesson, type Lesson } from "../../lesson/lesson";
import { phoneOf, together } from "../../lesson/phone";
import { restoresRefused } from "../../lesson/typed";
import { workStepOf } from "../../lesson/works";
import { marked } from "../../ui/marks";
import { Button, Card, LanguageSwitch, Loading, Mark } from "../../ui/parts";
import { MarksLacking } from "../../ui/Reload";
import { OfflineBanner, RefusalToast } from "../../ui/Status";
import { Announcer } from "./Announcer";
import { CareCard } from "./CareCard";
import { Header } from "./Header";
import { listen, question, sheets, talk, today, tutor, work } from "./laterParts";
import { Nav } from "./Nav";
import { Names, ShareSheetPart } from "./Sharing";
import { StepView } from "./StepView";
import { ask, asking, current, forget, type HeldSeat, leave, remember } from "./seats";
import { TodayButton, todayOpen } from "./TodayButton";

export function Room({ seat }: { seat: HeldSeat }) {
  const lesson = useMemo(() => enterLesson(seat.classroomId, `seat/${seat.studentId}`, seat.ticket, seat.studentId), [seat.ticket]);
  useEffect(() => () => lesson.leave(), [lesson]);
  return (
    <LessonContext.Provider value={lesson}>
      <Inside lesson={lesson} seat={seat} />
      <RefusalToast outbox={lesson.outbox} />
    </LessonContext.Provider>
  );
}

function Inside({ lesson, seat }: { lesson: Lesson; seat: HeldSeat }) {
  const refusal = lesson.refusal.value;
  const closed = lesson.closed.value;
  const isAsking = asking.value?.ticket === seat.ticket;
  const live = lesson.state.value === "live";
  useEffect(() => {
    if (!live) return;
    for (const part of [work, question, talk, tutor, sheets, listen, today]) part.fetch();
    marked.fetch();
    otherWords();
  }, [live]);
  useEffect(() => {
    // The teacher has said yes.
    if (live && isAsking) remember(seat);
  }, [live, isAsking]);
  useEffect(() => restoresRefused(lesson), [lesson]);
  // A next step, a next question, another child: what is asked now comes before what was.
  const asked = [lesson.store.one("pace")?.stepId, ...lesson.store.all("question").keys(), seat.ticket].join();
  useEffect(() => {
    todayOpen.value = false;
  }, [asked]);
  const called = lesson.store.one("me")?.nickname;
  useEffect(() => {
    // Its child has left the phone, or is called otherwise now: the way back is by the name of who is here.
    if (live && !isAsking && called && called !== seat.nickname) remember({ ...seat, nickname: called });
  }, [live, isAsking, called]);
  if (closed === "replaced") return <Stop title={w().device.moved} action={w().gone.rejoin} onAct={() => forget(seat)} />;
  if (isAsking && (refusal?.code === "device-waiting" || refusal?.code === "entrance-waiting")) {
    return <Waiting code={refusal.args?.code} entrance={refusal.code === "entrance-waiting"} />;
  }
  if (isAsking && (closed || (refusal && lesson.state.value === "closed"))) {
    return (
      <Stop
        title={refusal?.code === "device-refused" || refusal?.code === "not-let-in" ? w().device.refused : w().gone.title}
        text={say(refusal ?? "no-seat")}
        action={current.value ? w().device.back : w().gone.rejoin}
        onAct={() => ask(undefined)}
      />
    );
  }
  if (closed || refusal?.code === "no-seat") return <Stop text={t().removed} action={w().gone.rejoin} onAct={() => forget(seat)} />;
  if (refusal && lesson.state.value === "closed") return <Stop text={say(refusal)} action={w().gone.rejoin} onAct={() => forget(seat)} />;
  const pace = lesson.store.one("pace");
  if (!pace) {
    return (
      <>
        <OfflineBanner lesson={lesson} />
        <Loading>{t().connecting}</Loading>
      </>
    );
  }
  if (todayOpen.value) {
    return (
      <>
        <OfflineBanner lesson={lesson} />
        <CareCard />
        {!today.isHere() && <Button onClick={() => (todayOpen.value = false)}>{t().back}</Button>}
        <today.Part />
      </>
    );
  }
  if (pace.phase === "lobby") return <Lobby />;
  if (pace.phase === "ended") return <Ended />;
  return (
    <div class="room">
      <Header />
      <Announcer pace={pace} />
      <OfflineBanner lesson={lesson} />
      <CareCard />
      <MarksLacking />
      <StepView pace={pace} />
      <Nav />
    </div>
  );
}

function Stop({ title, text, action, onAct }: { title?: string; text?: string; action: string; onAct: () => void }) {
  return (
    <main class="loading">
      <Mark size={56} />
      <h1>{title ?? w().gone.title}</h1>
      {text && <p>{text}</p>}
      <Button onClick={onAct}>{action}</Button>
    </main>
  );
}

/** For the teacher's yes: to a device, which shows its number, or at the door. */
function Waiting({ code, entrance }: { code: string | undefined; entrance: boolean }) {
  const words = entrance ? w().entrance : w().device;
  return (
    <main class="loading">
      <Mark size={56} />
      <h1>{words.title}</h1>
      {code && (
        <p class="stack tight center">
          <span class="muted small">{w().device.code}</span>
          <b class="device-code" data-testid="device-code">
            {code}
          </b>
        </p>
      )}
      <p role="status">{words.text}</p>
      <Button kind="quiet" onClick={() => ask(undefined)}>
        {current.value ? w().device.back : w().device.other}
      </Button>
    </main>
  );
}

function Lobby() {
  const lesson = useLesson();
  const plan = lesson.store.one("plan");
  return (
    <div class="room">
      <Header />
      <OfflineBanner lesson={lesson} />
      <main class="lobby stack wide">
        <CareCard />
        <Mark size={72} />
        <h1>{w().lobby.title}</h1>
        <p>{w().lobby.text}</p>
        <Card>
          <span class="muted small">{w().lobby.me}</span>
          <span class="big-name">
            <Names all={phoneOf(lesson)} />
          </span>
          {plan && (
            <span class="muted">
              {inLanguage(plan.title)} · {plan.className}
            </span>
          )}
        </Card>
        <ShareSheetPart />
        <LanguageSwitchOf lesson={lesson} />
      </main>
    </div>
  );
}

/** In the lobby the interface's language and the explanations' are still one choice. */
function LanguageSwitchOf({ lesson }: { lesson: Lesson }) {
  const me = lesson.store.one("me");
  const now = language.value;
  useEffect(() => {
    if (me && me.language !== now)
      lesson.outbox.send("ChangePreferences", { language: now, level: me.level }, "preferences", together(lesson));
    // Switched back before the server had the first: what it says then is not what was chosen last.
  }, [now, me?.language]);
  return <LanguageSwitch />;
}

function Ended() {
  const lesson = useLesson();
  useEffect(() => scrollTo({ top: 0 }), []);
  const stepId = workStepOf(lesson, undefined);
  return (
    <div class="room">
      <Header />
      <OfflineBanner lesson={lesson} />
      <main class="page stack wide">
        <CareCard />
        <Card tone="ok">
          <h1>{w().ended.title}</h1>
          <p>{stepId ? w().ended.text : w().ended.noWork}</p>
        </Card>
        {stepId && <work.Part stepId={stepId} over />}
        <tutor.Part />
        <TodayButton />
        <Button kind="quiet" onClick={leave}>
          {w().settings.leave}
        </Button>
      </main>
    </div>
  );
}
