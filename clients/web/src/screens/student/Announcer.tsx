import { useEffect, useRef, useState } from "preact/hooks";
import { inLanguage, t } from "../../i18n";
import { w } from "../../i18n/student";
import { useLesson } from "../../lesson/context";
import { questionOf } from "../../lesson/questions";
import { workStepOf } from "../../lesson/works";
import type { Pace } from "../../protocol/types";

/**
 * For who hears the page: what has just come, in one place that is always there, since screen readers miss what comes with its own box. The text of an
 * explanation is told where it stands.
 */
export function Announcer({ pace }: { pace: Pace }) {
  const lesson = useLesson();
  const plan = lesson.store.one("plan");
  const number = plan?.steps.findIndex((s) => s.id === pace.stepId) ?? -1;
  const head = plan?.steps[number];
  const question = questionOf(lesson, pace.stepId);
  const workStep = workStepOf(lesson, pace.stepId);
  const released = workStep ? [...lesson.store.all("feedback").values()].filter((f) => f.stepId === workStep).length : 0;
  const isAway = lesson.state.value === "offline";
  // The last that has changed is what is said.
  const news: [what: string | number | undefined, said: string][] = [
    [pace.stepId, `${t().step(number + 1)}: ${inLanguage(head?.title)}`],
    [
      question?.[1].status === "open" ? `${question[0]}/${question[1].round}` : undefined,
      `${w().tabs.question}: ${inLanguage(question?.[1].text)}`,
    ],
    [question?.[1].status === "open" || !question ? undefined : question[0], w().question.closed],
    [released || undefined, w().feedback.title],
    [isAway ? 1 : 0, isAway ? t().offline : t().live],
  ];
  const seen = useRef(news.map(([what]) => what));
  const [said, setSaid] = useState("");
  const now = JSON.stringify(news.map(([what]) => what ?? null));
  useEffect(() => {
    const fresh = news.filter(([what], i) => what !== undefined && what !== seen.current[i]);
    seen.current = news.map(([what]) => what);
    const last = fresh.at(-1);
    if (last) setSaid(last[1]);
  }, [now]);
  return (
    <p class="unseen" role="status" data-testid="said">
      {said}
    </p>
  );
}
