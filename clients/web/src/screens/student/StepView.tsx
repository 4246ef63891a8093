import { useEffect, useRef, useState } from "preact/hooks";
import { secondsLeft } from "../../connection/clock";
import { inLanguage, t } from "../../i18n";
import { w } from "../../i18n/student";
import { useLesson } from "../../lesson/context";
import { explanationsOf } from "../../lesson/explanations";
import { questionOf } from "../../lesson/questions";
import { workStepOf } from "../../lesson/works";
import type { Pace, StepHead } from "../../protocol/types";
import { Rich } from "../../ui/Rich";
import { Described } from "./Described";
import { question as asked, talk, tutor, work } from "./laterParts";
import { picking } from "./Nav";
import { ReadView } from "./ReadView";

type Tab = "read" | "question" | "talk" | "work";

/** One part at a time: the newest part of the step comes to the front, the others are a tap away. */
export function StepView({ pace }: { pace: Pace }) {
  const lesson = useLesson();
  const plan = lesson.store.one("plan");
  const stepId = pace.stepId;
  const step = stepId ? lesson.store.one("step", stepId) : undefined;
  const head = plan?.steps.find((s) => s.id === stepId);
  const explanations = explanationsOf(lesson, stepId);
  const question = questionOf(lesson, stepId);
  const prompt = stepId ? lesson.store.one("prompt", stepId) : undefined;
  const workStep = workStepOf(lesson, stepId);
  const released = workStep ? [...lesson.store.all("feedback").values()].filter((f) => f.stepId === workStep).length : 0;

  // What each part last said of itself; a change brings it to the front, unless somebody is writing.
  const news: Partial<Record<Tab, string>> = {
    ...(explanations.length > 0 && { read: `${explanations.length}` }),
    ...(question && { question: `${question[0]}/${question[1].round}/${question[1].status}` }),
    ...((prompt || step?.hasPrompts) && { talk: prompt ? prompt.prompt.id : "" }),
    ...(workStep && { work: `${workStep}/${released}` }),
  };
  const tabs = (["read", "question", "talk", "work"] as const).filter((tab) => news[tab] !== undefined);
  const [tab, setTab] = useTabs(stepId, news, tabs);
  useEffect(() => {
    if (picking.value) setTab("read");
  }, [picking.value]);
  useEffect(() => scrollTo({ top: 0 }), [stepId, tab]);

  const text = inLanguage(step?.student);
  return (
    <main class="page stack">
      {head && plan && (
        <StepLine
          head={head}
          number={plan.steps.indexOf(head) + 1}
          count={plan.steps.length}
          since={pace.stepStartedAt}
          added={pace.minutesAdded ?? 0}
          isTimed={tab === "question" && question?.[1].endsAt !== undefined}
        />
      )}
      {text && tab !== "work" && (
        <section class="card stack tight stepText">
          <Rich text={text} />
          <Described image={step?.image} />
        </section>
      )}
      <tutor.Part stepId={stepId} />
      {tabs.length > 1 && (
        <div class="tabs" role="tablist" aria-label={w().parts}>
          {tabs.map((x) => (
            <button type="button" role="tab" key={x} aria-selected={x === tab} onClick={() => setTab(x)}>
              {w().tabs[x]}
            </button>
          ))}
        </div>
      )}
      {tab === "read" && <ReadView explanations={explanations} />}
      {tab === "question" && question && <asked.Part key={question[0] + question[1].round} id={question[0]} question={question[1]} />}
      {tab === "talk" && stepId && <talk.Part stepId={stepId} prompt={prompt} />}
      {tab === "work" && workStep && <work.Part key={workStep} stepId={workStep} />}
      {!tab && <p class="muted center">{head && !head.devices ? w().lookUp : w().nothing}</p>}
    </main>
  );
}

/** The tab in front: the last one with news, or the one the student chose. */
function useTabs(
  stepId: string | undefined,
  news: Partial<Record<Tab, string>>,
  tabs: readonly Tab[],
): [Tab | undefined, (tab: Tab) => void] {
  const [chosen, setChosen] = useState<Tab | undefined>();
  const seen = useRef<{ stepId: string | undefined; news: Partial<Record<Tab, string>> }>({ stepId: undefined, news: {} });
  const changed = tabs.filter((tab) => seen.current.news[tab] !== news[tab] || seen.current.stepId !== stepId);
  const first = seen.current.stepId !== stepId;
  useEffect(() => {
    const writing = document.activeElement instanceof HTMLTextAreaElement && document.activeElement.value !== "";
    const newest = first ? tabs.at(-1) : changed.at(-1);
    if (newest && (first || !writing)) setChosen(newest);
    seen.current = { stepId, news };
  }, [stepId, JSON.stringify(news)]);
  return [chosen && tabs.includes(chosen) ? chosen : tabs.at(-1), setChosen];
}

type StepLineProps = {
  head: StepHead;
  number: number;
  count: number;
  since: string | undefined;
  added: number;
  /** The question below has its own time: two would disagree. */
  isTimed: boolean;
};

function StepLine({ head, number, count, since, added, isTimed }: StepLineProps) {
  const minutes = head.minutes + added;
  const left = since ? Math.ceil(secondsLeft(since, minutes) / 60) : minutes;
  return (
    <div class="stack lobby-gap">
      <div class="dots" role="img" aria-label={`${t().step(number)} / ${count}`}>
        {Array.from({ length: count }, (_, i) => (
          <i key={i} class={i < number - 1 ? "done" : i === number - 1 ? "now" : ""} />
        ))}
      </div>
      <div class="row apart">
        <h1 class="stepTitle">{inLanguage(head.title)}</h1>
        {!isTimed && <span class="muted small nowrap">{left > 0 ? t().minutesLeft(left) : t().timeOver}</span>}
      </div>
    </div>
  );
}
