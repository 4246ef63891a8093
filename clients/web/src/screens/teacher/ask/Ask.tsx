import { inLanguage, t } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import { silentOf } from "../../../lesson/answers";
import { classOf } from "../../../lesson/byHand";
import { useLesson } from "../../../lesson/context";
import { isAnyShared } from "../../../lesson/seats";
import { byTime, isTimeOver } from "../../../lesson/time";
import type { Question, QuestionPlan, Step } from "../../../protocol/types";
import { Picture } from "../../../ui/Picture";
import { Bar } from "../../../ui/parts";
import { formulas, Rich } from "../../../ui/Rich";
import { Act } from "../parts/Act";
import { few } from "../parts/names";
import { ByHand } from "./ByHand";
import { OwnQuestion } from "./OwnQuestion";
import { QuestionResults } from "./QuestionResults";
import { QuestionTime } from "./QuestionTime";

type Item = { id: string; plan?: QuestionPlan; asked?: Question };

/** The step's questions, planned and made up on the spot. */
export function Ask({ stepId, step }: { stepId: string; step: Step }) {
  const lesson = useLesson();
  const asked = lesson.store.all("question");
  const planned: Item[] = (step.questions ?? []).map((plan) => {
    const q = asked.get(plan.id);
    return q ? { id: plan.id, plan, asked: q } : { id: plan.id, plan };
  });
  const own: Item[] = [...asked]
    .filter(([id, q]) => q.stepId === stepId && !planned.some((p) => p.id === id))
    .sort(([, a], [, b]) => byTime(a.askedAt, b.askedAt))
    .map(([id, q]) => ({ id, asked: q }));
  // A question left open in an earlier step still waits for answers: it must not be lost from sight.
  const left: Item[] = [...asked].filter(([, q]) => q.stepId !== stepId && q.status === "open").map(([id, q]) => ({ id, asked: q }));
  const items = [...left, ...planned, ...own];
  return (
    <section class="stack" data-testid="ask">
      {items.length > 0 && <h3>{w().ask.title}</h3>}
      {isAnyShared(lesson) && <EachChild />}
      {items.map((i) => (i.asked ? <Asked key={i.id} id={i.id} q={i.asked} /> : i.plan && <Planned key={i.id} plan={i.plan} />))}
      <OwnQuestion />
    </section>
  );
}

/** Children who share a phone answer as they like, or one by one. */
function EachChild() {
  const on = useLesson().store.one("pace")?.eachChild === true;
  return (
    <div class="row wrap">
      <span class="small muted">{w().ask.shared}</span>
      <Act name="AskEachChild" fields={{ on: !on }} kind="quiet" testid="each-child">
        {on ? w().ask.asTheyLike : w().ask.eachChild}
      </Act>
    </div>
  );
}

function Planned({ plan }: { plan: QuestionPlan }) {
  const first = useLesson().store.one("question", plan.returns ?? "");
  return (
    <section class="card stack question">
      <div class="row apart">
        <div class="grow">
          <Rich text={inLanguage(plan.text)} heading="b" />
        </div>
        <span class="small muted nowrap">
          {first && `${w().ask.returns} · `}
          {w().ask.kinds[plan.kind]}
        </span>
      </div>
      <Picture image={plan.image ?? plan.whyImage} class="aside" />
      {plan.options.length > 0 && (
        <ul class="small muted">
          {plan.options.map((o) => (
            <li key={o.id}>
              {formulas(inLanguage(o.text))}
              {o.correct && ` · ${w().ask.right}`}
            </li>
          ))}
        </ul>
      )}
      <div class="row">
        <Act name="AskQuestion" fields={{ questionId: plan.id }} testid={`ask-${plan.id}`}>
          {w().ask.ask}
        </Act>
        {plan.options.length > 0 && (
          <Act name="AskQuestion" fields={{ questionId: plan.id, stemFirst: true }} kind="quiet" testid={`stem-${plan.id}`}>
            {w().ask.stemFirst}
          </Act>
        )}
      </div>
    </section>
  );
}

function Asked({ id, q }: { id: string; q: Question }) {
  const lesson = useLesson();
  const silent = silentOf(lesson, id, q);
  const seats = lesson.store.all("seat").size;
  const answered = lesson.store.one("tally", id)?.answered ?? seats - silent.here.length - silent.away.length;
  const all = Math.max(seats, classOf(lesson.store.one("pace")), answered);
  return (
    <section class={`card stack question ${q.status === "open" ? "live" : ""}`} data-testid={`question-${id}`}>
      <div class="row apart">
        <div class="grow">
          <Rich text={inLanguage(q.text)} heading="b" />
        </div>
        <span class="row nowrap">
          {q.returns && lesson.store.one("question", q.returns) && <span class="pill">{w().ask.returns}</span>}
          {q.round > 1 && <span class="pill">{w().ask.round(q.round)}</span>}
          <span class={`pill ${q.status === "open" ? "sky" : q.status === "revealed" || q.status === "counted" ? "ok" : ""}`}>
            {w().ask.status[q.status]}
          </span>
        </span>
      </div>
      <div class="stack tight">
        <span class="small" data-testid="answered">
          {w().ask.answered(answered, all)}
        </span>
        <Bar share={all > 0 ? answered / all : 0} label={t().answers(answered)} />
      </div>
      {q.status === "open" && seats > 0 && (
        <div class="small">
          <p data-testid="not-answered">
            {silent.here.length > 0
              ? `${w().ask.notYet}: ${silent.here.join(", ")}`
              : silent.away.length > 0 || answered < all
                ? w().ask.everyoneHere
                : w().ask.everyone}
          </p>
          {silent.away.length > 0 && <p class="muted">{`${w().ask.notHere} · ${silent.away.length}: ${few(silent.away, 6)}`}</p>}
        </div>
      )}
      <QuestionResults id={id} q={q} />
      <ByHand id={id} q={q} />
      <QuestionTime id={id} q={q} />
      <Next id={id} q={q} />
    </section>
  );
}

/** What can be done with a question now. When its time is over, to close it is the most likely, and looks so: no button changes its place under a finger. */
function Next({ id, q }: { id: string; q: Question }) {
  const lesson = useLesson();
  // What a class answered says nothing yet of what is right: that comes with a second press, so that it can still talk it over.
  const inTwoActs = q.kind !== "open" && (!!q.why || q.options.some((o) => o.correct));
  const isKeyNext = !inTwoActs || q.status === "counted";
  const isOver = isTimeOver(q);
  const later = isOver ? ({ kind: "line" } as const) : {};
  return (
    <div class="row wrap">
      {q.stemOnly && (
        <Act name="ShowOptions" fields={{ questionId: id }} testid={`show-options-${id}`}>
          {w().ask.showOptions}
        </Act>
      )}
      {q.status !== "revealed" && !isKeyNext && (
        <Act name="ShowCounts" fields={() => ({ questionId: id, seen: lesson.store.seq })} {...later} testid="show-counts">
          {w().ask.showCounts}
        </Act>
      )}
      {q.status !== "revealed" && isKeyNext && (
        <Act name="RevealResults" fields={() => ({ questionId: id, seen: lesson.store.seq })} {...later} testid="reveal">
          {inTwoActs ? w().ask.showKey : w().ask.reveal}
        </Act>
      )}
      {q.status === "open" && (
        <Act name="CloseQuestion" fields={{ questionId: id }} {...(isOver ? {} : { kind: "quiet" })} testid={`close-${id}`}>
          {w().ask.close}
        </Act>
      )}
      {q.status === "closed" && (
        <Act name="ReopenQuestion" fields={{ questionId: id }} kind="quiet" testid={`reopen-${id}`}>
          {w().ask.reopen}
        </Act>
      )}
      {q.status !== "open" && (
        <Act name="AskAgain" fields={{ questionId: id }} kind="quiet" testid={`ask-again-${id}`}>
          {w().ask.again}
        </Act>
      )}
    </div>
  );
}
