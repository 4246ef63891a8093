import { useEffect, useRef } from "preact/hooks";
import { asPage, keepFile } from "../../device/file";
import { inLanguage, language, t } from "../../i18n";
import { w as own } from "../../i18n/own";
import { w } from "../../i18n/student";
import { useLesson } from "../../lesson/context";
import { type Draft, draftOf, keptDraft } from "../../lesson/drafts";
import type { Lesson } from "../../lesson/lesson";
import { type OnPhone, phoneOf } from "../../lesson/phone";
import { photosOf } from "../../lesson/photos";
import { byTime } from "../../lesson/time";
import type { Answer, Feedback, Question, Task, Work } from "../../protocol/types";
import { AiBadge, aiMark } from "../../ui/AiBadge";
import { Button } from "../../ui/parts";
import { formulas, Rich } from "../../ui/Rich";
import { Theirs } from "../../ui/Theirs";
import { OwnAnswer } from "./OwnAnswer";
import { isOwnIdea } from "./ownIdeas";
import { todayOpen } from "./TodayButton";
import "./today.css";

/** Of the file that is kept: read on any screen, and printed. */
const style =
  "body{font:16px/1.5 sans-serif;max-width:42em;margin:1.5em auto;padding:0 1em;color:#111}h1{font-size:1.5em}h2{font-size:1.2em}.pre{white-space:pre-line}.muted,.small{color:#444}section,article{margin:1em 0}.own{margin:.4em 0}.own>*{display:block}b,strong{font-weight:700}blockquote{margin:.4em 0;border-left:3px solid #999;padding-left:.8em}";

/** What the children of this phone wrote in the lesson, to look at, print and keep. All of it is here already: nothing is asked of anybody. */
export function TodayView() {
  const lesson = useLesson();
  const page = useRef<HTMLElement>(null);
  const plan = lesson.store.one("plan");
  const words = own().today;
  const all = phoneOf(lesson);
  useEffect(() => {
    scrollTo({ top: 0 });
    page.current?.focus();
  }, []);
  const name = [words.file, plan?.className, all.map((c) => c.nickname).join(" ")]
    .filter(Boolean)
    .join(" - ")
    .replace(/[^\p{L}\p{N} -]/gu, "");
  const keep = () => page.current && keepFile(asPage(page.current, words.title, language.value, style), `${name}.html`);
  return (
    <main class="page today" tabIndex={-1} ref={page} data-testid="today">
      <div class="row wrap no-print">
        <Button
          kind="quiet"
          onClick={() => {
            todayOpen.value = false;
          }}
          data-testid="today-back"
        >
          {words.back}
        </Button>
        <Button onClick={() => print()} data-testid="today-print">
          {words.print}
        </Button>
        <Button kind="line" onClick={keep} data-testid="today-save">
          {words.save}
        </Button>
      </div>
      <p class="small muted no-print">
        {words.note} {words.hint}
      </p>
      <h1>{words.title}</h1>
      <p>
        {inLanguage(plan?.title)} · {plan?.className} · {new Date().toLocaleDateString(language.value)}
      </p>
      {all.map((child, i) => (
        <OfChild key={child.id} child={child} ideas={i === 0 ? ideasHere(lesson) : []} />
      ))}
    </main>
  );
}

function OfChild({ child, ideas }: { child: OnPhone; ideas: readonly Idea[] }) {
  const lesson = useLesson();
  const answers = answersBy(lesson, child.id);
  const works = worksBy(lesson, child.id);
  const words = own().today;
  return (
    <section class="stack wide">
      <h2>
        <Theirs>{child.nickname}</Theirs>
      </h2>
      {answers.length + ideas.length + works.length === 0 && <p>{words.empty}</p>}
      {answers.length > 0 && (
        <section class="stack">
          <h3>{words.answers}</h3>
          {answers.map(({ id, q, rounds, waiting }) => (
            <article class="stack tight" key={id}>
              <Rich text={inLanguage(q.text)} heading="b" />
              {rounds.map((answer) => (
                <OwnAnswer
                  key={answer.round}
                  q={q}
                  answer={answer}
                  title={rounds.length < 2 ? undefined : answer.round === 1 ? own().firstAnswer : own().nowAnswer}
                />
              ))}
              {waiting && (
                <>
                  <OwnAnswer q={q} answer={waiting} />
                  <span class="small muted">{words.notSent}</span>
                </>
              )}
              {q.status === "revealed" && q.why && (
                <p class="small">
                  <b>{w().question.why}: </b>
                  {formulas(inLanguage(q.why))}
                </p>
              )}
            </article>
          ))}
        </section>
      )}
      {ideas.length > 0 && (
        <section class="stack">
          <h3>{words.ideas}</h3>
          <ul>
            {ideas.map((idea) => (
              <li key={idea.id}>
                <Theirs>{idea.text}</Theirs> {!idea.sent && <span class="small muted">({words.notSent})</span>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {works.map(({ stepId, task, draft, work }) => (
        <OfWork key={stepId} child={child.id} stepId={stepId} task={task} draft={draft} work={work} />
      ))}
    </section>
  );
}

type OfWorkProps = { child: string; stepId: string; task: Task | undefined; draft: Draft; work: Work | undefined };

function OfWork({ child, stepId, task, draft, work }: OfWorkProps) {
  const lesson = useLesson();
  const words = own().today;
  const mark = lesson.store.one("mark", `${child}/${stepId}`);
  const photos = photosOf(lesson, child, stepId).length;
  const feedback = [...lesson.store.all("feedback")]
    .filter(([, f]) => f.stepId === stepId && (f.studentId === child || f.with?.includes(child)))
    .sort(([, a], [, b]) => a.workVersion - b.workVersion);
  return (
    <section class="stack">
      <h3>
        {words.work}: {inLanguage(task?.title)}
      </h3>
      <p class="small muted">{work?.status === "handedIn" ? words.handedIn : words.notHandedIn}</p>
      <Part text={draft.text} />
      <Part title={w().work.own} text={draft.ownContribution} />
      <Part title={w().work.reflection} text={draft.reflection} />
      <Part title={w().work.sources} text={draft.sources.join("\n")} />
      {photos > 0 && <p class="small">{words.photos(photos)}</p>}
      {mark && (
        <p>
          {w().work.mark}: <b>{mark.mark}</b>
        </p>
      )}
      {feedback.map(([id, f]) => (
        <OfFeedback key={id} f={f} task={task} />
      ))}
    </section>
  );
}

function Part({ title, text }: { title?: string; text: string }) {
  if (text.trim() === "") return null;
  return (
    <div>
      {title && <span class="small muted">{title}</span>}
      <p class="pre">
        <Theirs>{text}</Theirs>
      </p>
    </div>
  );
}

function OfFeedback({ f, task }: { f: Feedback; task: Task | undefined }) {
  const descriptors = task?.criteria.flatMap((c) => c.descriptors) ?? [];
  return (
    <article class="stack tight" {...(f.provenance ? aiMark(f.provenance) : {})}>
      <h4>{own().today.feedback}</h4>
      {f.provenance && (
        <p>
          <AiBadge source={f.provenance} edited={f.edited} editedBy={f.editedBy} still />
        </p>
      )}
      {f.note && <p class="pre">{formulas(f.note)}</p>}
      {f.items
        .filter((i) => i.verdict || i.quote || i.nextStep)
        .map((i) => (
          <div key={i.descriptorId}>
            <b>{formulas(inLanguage(descriptors.find((d) => d.id === i.descriptorId)?.text))}</b>
            {i.verdict && <span>: {t().verdicts[i.verdict]}</span>}
            {i.quote && <blockquote>{i.quote}</blockquote>}
            {i.nextStep && (
              <p>
                {w().feedback.next}: {formulas(i.nextStep)}
              </p>
            )}
          </div>
        ))}
      {f.reply && <Part title={w().feedback.replied} text={f.reply} />}
    </article>
  );
}

type Answered = { id: string; q: Question; rounds: Answer[]; waiting: Pick<Answer, "options" | "scale" | "text"> | undefined };

function answersBy(lesson: Lesson, child: string): Answered[] {
  const queued = lesson.outbox.queued("GiveAnswer");
  return [...lesson.store.all("question")]
    .sort(([, a], [, b]) => byTime(a.askedAt, b.askedAt))
    .map(([id, q]) => ({
      id,
      q,
      rounds: [...lesson.store.all("answer").values()]
        .filter((a) => a.questionId === id && a.studentId === child)
        .sort((a, b) => a.round - b.round),
      waiting: queued.filter((e) => e.fields.questionId === id && (e.for ?? [child]).includes(child)).at(-1)?.fields,
    }))
    .filter((a) => a.rounds.length > 0 || a.waiting);
}

type Idea = { id: string; text: string; sent: boolean };

/** Written on this device, in the name of whose ticket it is. */
function ideasHere(lesson: Lesson): Idea[] {
  const me = lesson.store.one("me")?.studentId;
  const there = [...lesson.store.all("contribution")].filter(([id]) => isOwnIdea(id, me)).sort(([, a], [, b]) => byTime(a.at, b.at));
  const known = new Set(there.map(([id]) => id));
  return [
    ...there.map(([id, c]) => ({ id, text: c.text, sent: true })),
    ...lesson.outbox
      .queued("Contribute")
      .filter((e) => !known.has(e.fields.contributionId) && isOwnIdea(e.fields.contributionId, me))
      .map((e) => ({ id: e.fields.contributionId, text: e.fields.text, sent: false })),
  ];
}

function worksBy(lesson: Lesson, child: string): { stepId: string; task: Task | undefined; draft: Draft; work: Work | undefined }[] {
  const steps = lesson.store.one("plan")?.steps ?? [];
  const together = phoneOf(lesson).map((c) => c.id);
  return steps
    .map(({ id }) => {
      const work = lesson.store.one("work", `${child}/${id}`);
      const kept = work?.status === "handedIn" ? undefined : (keptDraft(child, id) ?? keptDraft(together.join("+"), id));
      return { stepId: id, task: lesson.store.one("step", id)?.task ?? undefined, draft: kept ?? draftOf(work), work };
    })
    .filter(({ draft, work }) => work || draft.text.trim() !== "");
}
