import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { inTab } from "../../device/kept";
import { say, t } from "../../i18n";
import { w } from "../../i18n/teacher";
import { useAddress } from "../../lesson/address";
import { LessonContext } from "../../lesson/context";
import { pendingFeedback } from "../../lesson/feedback";
import { enterLesson, type Lesson } from "../../lesson/lesson";
import { Button, Loading, Mark } from "../../ui/parts";
import { OfflineBanner, RefusalToast } from "../../ui/Status";
import { GroupsBar } from "./combined/GroupsBar";
import { Header } from "./header/Header";
import { RehearsalBar } from "./header/RehearsalBar";
import { Lobby } from "./lobby/Lobby";
import { PlanColumn } from "./PlanColumn";
import { ClockBanner } from "./parts/ClockBanner";
import { Ended } from "./report/Ended";
import { RoomsBar } from "./rooms/RoomsBar";
import { Roster } from "./roster/Roster";
import { StepPanel } from "./StepPanel";
import { Signals } from "./signals/Signals";
import type { Tab } from "./tabs";
import { TranscriptSheet } from "./tutor/Transcript";
import { Works } from "./work/Works";

export function Console({ classroomId, who }: { classroomId: string; who: string }) {
  const lesson = useMemo(() => enterLesson(classroomId, `teacher/${who}`), [classroomId]);
  useEffect(() => () => lesson.leave(), [lesson]);
  useAddress();
  return (
    <LessonContext.Provider value={lesson}>
      <Inside lesson={lesson} />
    </LessonContext.Provider>
  );
}

function Inside({ lesson }: { lesson: Lesson }) {
  const kept = `ortaq.tab/${lesson.classroomId}`;
  const [tab, choose] = useState<Tab>((inTab.get(kept) as Tab | undefined) ?? "step");
  const [looking, setLooking] = useState<string>();
  const setTab = (next: Tab) => {
    inTab.set(kept, next);
    choose(next);
  };
  const refusal = lesson.refusal.value;
  const closed = lesson.closed.value;
  const pace = lesson.store.one("pace");
  const plan = lesson.store.one("plan");
  const stepId = pace?.stepId;
  const above = useHeight("--above");
  const lastStep = useRef(stepId);
  // The class moved on: show where it is. Coming back to the page is no move.
  useEffect(() => {
    if (lastStep.current && stepId !== lastStep.current) setTab("step");
    lastStep.current = stepId;
  }, [stepId]);
  if (closed || (refusal && lesson.state.value === "closed")) {
    return (
      <main class="loading">
        <Mark size={56} />
        <h1>{w().gone.title}</h1>
        <p>{closed === "replaced" ? t().replaced : say(refusal ?? closed ?? "unknown")}</p>
        <div class="row wrap">
          {closed && <Button onClick={() => location.reload()}>{t().again}</Button>}
          <a class="btn quiet" href="/teach#">
            {w().gone.home}
          </a>
        </div>
      </main>
    );
  }
  if (!pace || !plan) {
    return (
      <>
        <OfflineBanner lesson={lesson} />
        <Loading>{t().connecting}</Loading>
      </>
    );
  }
  const waiting = pendingFeedback(lesson).length;
  return (
    <div class="console">
      <div class="above" ref={above}>
        <Header plan={plan} pace={pace} />
        <div class="stays">
          <OfflineBanner lesson={lesson} />
          <ClockBanner />
          <GroupsBar plan={plan} />
        </div>
      </div>
      <RehearsalBar plan={plan} pace={pace} />
      <RoomsBar pace={pace} />
      <RefusalToast outbox={lesson.outbox} late />
      <div class="columns">
        <PlanColumn
          plan={plan}
          pace={pace}
          looking={pace.phase === "lobby" ? looking : undefined}
          onLook={(id) => {
            setLooking(id);
            setTab("step");
          }}
        />
        <main class="mid stack">
          <div class="tabs" role="tablist">
            <TabButton on={tab === "step"} onClick={() => setTab("step")} testid="tab-step">
              {w().tabs.step}
            </TabButton>
            <TabButton on={tab === "students"} onClick={() => setTab("students")} testid="tab-students">
              {w().tabs.students} <span class="count">{pace.joined}</span>
            </TabButton>
            {plan.steps.some((s) => s.kind === "make" || lesson.store.one("step", s.id)?.task) && (
              <TabButton on={tab === "works"} onClick={() => setTab("works")} testid="tab-works">
                {w().tabs.works} {waiting > 0 && <span class="count warm">{waiting}</span>}
              </TabButton>
            )}
          </div>
          {tab === "students" ? (
            <Roster pace={pace} />
          ) : tab === "works" ? (
            <Works />
          ) : pace.phase === "lobby" ? (
            <Lobby plan={plan} pace={pace} looking={looking} onBack={() => setLooking(undefined)} />
          ) : pace.phase === "ended" ? (
            <Ended plan={plan} onWorks={() => setTab("works")} />
          ) : (
            <StepPanel key={pace.stepId} plan={plan} pace={pace} />
          )}
        </main>
        <Signals pace={pace} onTab={setTab} />
      </div>
      <TranscriptSheet />
    </div>
  );
}

/** Sets a variable of CSS to the height of what it is given: a bar that wraps is as high as its words need. */
function useHeight(name: string): (of: HTMLElement | null) => void {
  const watch = useRef<ResizeObserver>(undefined);
  return useCallback((of) => {
    watch.current?.disconnect();
    if (!of || !("ResizeObserver" in globalThis)) return;
    watch.current = new ResizeObserver(() => of.parentElement?.style.setProperty(name, `${of.offsetHeight}px`));
    watch.current.observe(of);
  }, []);
}

type TabProps = { on: boolean; onClick: () => void; testid: string; children: preact.ComponentChildren };
function TabButton({ on, onClick, testid, children }: TabProps) {
  return (
    <button type="button" role="tab" aria-selected={on} onClick={onClick} data-testid={testid}>
      {children}
    </button>
  );
}
