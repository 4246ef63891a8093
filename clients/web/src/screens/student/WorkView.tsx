import { inLanguage, t } from "../../i18n";
import { w as back } from "../../i18n/returned";
import { w } from "../../i18n/student";
import { useLesson } from "../../lesson/context";
import { draftOf, keptDraft } from "../../lesson/drafts";
import { aloneIn, isBlank, type OnPhone, phoneOf, setAlone, togetherIn } from "../../lesson/phone";
import { shownPhotos } from "../../lesson/photos";
import type { Feedback, Task, Work } from "../../protocol/types";
import { Photos } from "../../ui/Photo";
import { formulas, Rich } from "../../ui/Rich";
import { Confirm } from "../../ui/Sheet";
import { Theirs } from "../../ui/Theirs";
import { FeedbackView } from "./FeedbackView";
import { Turns } from "./Sharing";
import { WorkEditor } from "./WorkEditor";

/** A student's work: written, handed in, answered, improved. */
export function WorkView({ stepId, over }: { stepId: string; over?: boolean }) {
  const lesson = useLesson();
  const me = lesson.store.one("me");
  const task = lesson.store.one("step", stepId)?.task;
  const all = phoneOf(lesson);
  const group = togetherIn(lesson, stepId);
  const alone = aloneIn(lesson, stepId);
  // One who has another phone by now writes there. Where no two have the same, each writes alone.
  const child = (all.find((c) => c.id === alone) ?? (group.length > 0 ? undefined : all[0]))?.id;
  const writers = child ? all.filter((c) => c.id === child) : group;
  const whose = writers[0]?.id ?? "";
  const work = lesson.store.one("work", `${whose}/${stepId}`);
  const feedback = [...lesson.store.all("feedback")]
    .filter(([, f]) => f.stepId === stepId && (f.studentId === whose || f.with?.includes(whose)))
    .sort(([, a], [, b]) => b.workVersion - a.workVersion)[0];
  if (!task || !me) return null;
  const handedIn = work?.status === "handedIn";
  const answered = feedback && isOf(feedback[1], lesson.store.one("work", `${feedback[1].studentId}/${stepId}`), work);
  const children = all.length > 1 ? writers.map((c) => c.id) : undefined;
  const apart = child ? [] : all.filter((c) => !group.some((g) => g.id === c.id));
  const marks = all.flatMap((c) => {
    const mark = lesson.store.one("mark", `${c.id}/${stepId}`);
    return mark ? [{ ...c, mark: mark.mark }] : [];
  });
  return (
    <>
      {marks.map((m) => (
        <section class="card row apart sun" key={m.id}>
          <b>
            {all.length > 1 && (
              <>
                <Theirs>{m.nickname}</Theirs>:{" "}
              </>
            )}
            {w().work.mark}
          </b>
          <b class="mark">{m.mark}</b>
        </section>
      ))}
      {all.length > 1 && (
        <>
          <Turns
            all={[...(group.length > 0 ? [{ id: "", nickname: w().share.together }] : []), ...all]}
            now={child ?? ""}
            done={(id) => lesson.store.one("work", `${id || group[0]?.id}/${stepId}`)?.status === "handedIn"}
            onPick={(id) => setAlone(lesson, stepId, id || undefined)}
          />
          <p class="muted small">{child ? w().share.workAlone : w().share.workTogether}</p>
          {apart.map((c) => (
            <p class="small" key={c.id} data-testid="writes-apart">
              {w().share.writesApart}: <Theirs>{c.nickname}</Theirs>
            </p>
          ))}
          {child && !handedIn && !over && <TakeIn all={all} child={child} stepId={stepId} />}
        </>
      )}
      {feedback && (
        <FeedbackView id={feedback[0]} feedback={feedback[1]} task={task} over={over ?? false} whose={all.length > 1 ? whose : undefined} />
      )}
      {handedIn && answered && !over && (
        <Confirm
          label={w().feedback.revise}
          ask={w().feedback.reviseAsk}
          yes={w().feedback.revise}
          onYes={() => lesson.outbox.send("ReviseWork", { stepId }, undefined, children)}
        />
      )}
      {!handedIn && !over && <About task={task} />}
      {work?.status === "revising" && !work.returned && <p class="pill warn start">{w().feedback.again}</p>}
      {work?.status === "revising" && work.returned && (
        <section class="card stack sun" role="status" data-testid="returned">
          <b>{back().title}</b>
          <p>{work.returned}</p>
          <span class="small">{back().how}</span>
        </section>
      )}
      {handedIn || over ? (
        <Submission work={work} waiting={!answered && !over} />
      ) : (
        <WorkEditor
          key={writers.map((c) => c.id).join("+")}
          studentId={whose}
          keptAs={writers.map((c) => c.id).join("+")}
          stepId={stepId}
          task={task}
          work={work}
          children={children}
        />
      )}
    </>
  );
}

/** What one child has written becomes another's by a press and a yes, and only of one who has written nothing: from then on they write together. */
function TakeIn({ all, child, stepId }: { all: readonly OnPhone[]; child: string; stepId: string }) {
  const lesson = useLesson();
  const workOf = (id: string) => lesson.store.one("work", `${id}/${stepId}`);
  if (isBlank(workOf(child)) && keptDraft(child, stepId) === undefined) return null;
  const takeIn = (other: string) => {
    const unsaved = keptDraft(child, stepId);
    const draft = unsaved ?? draftOf(workOf(child));
    const fields = { stepId, ...draft, sources: draft.sources.filter((s) => s.trim() !== "") };
    const sent = [...(unsaved ? [child] : []), other].map((id) => lesson.outbox.send("SaveDraft", fields, `draft/${stepId}/${id}`, [id]));
    void Promise.all(sent.map((s) => s.done)).then((replies) => {
      if (replies.every((r) => !r.refusal)) setAlone(lesson, stepId, undefined);
    });
  };
  return (
    <>
      {all
        .filter((c) => c.id !== child && isBlank(workOf(c.id)))
        .map((c) => (
          <Confirm
            key={c.id}
            kind="line"
            label={
              <>
                {w().share.takeIn}: <Theirs>{c.nickname}</Theirs>
              </>
            }
            ask={w().share.takeInAsk(c.nickname)}
            yes={t().yes}
            onYes={() => takeIn(c.id)}
            testid={`take-in-${c.id}`}
          />
        ))}
    </>
  );
}

/** Whether feedback is on what was handed in last, by this student or by whom it was made with. */
const isOf = (f: Feedback, about: Work | undefined, work: Work | undefined): boolean =>
  f.workVersion === (f.studentId === work?.studentId ? work.version : about?.version);

function About({ task }: { task: Task }) {
  // Where nobody can be asked, the work is the student's own.
  const policy = task.aiPolicy === "ask" && !useLesson().modelWrites.value ? "none" : task.aiPolicy;
  return (
    <section class="card stack">
      <span class="small muted">{w().work.title}</span>
      <h2>{inLanguage(task.title)}</h2>
      <Rich text={inLanguage(task.text)} heading="p" class="pre" />
      <p class={`pill start ${policy === "none" ? "sky" : "ai"}`}>{w().work.policy[policy]}</p>
      <details>
        <summary>{w().work.checks}</summary>
        <ul>
          {task.criteria
            .flatMap((c) => c.descriptors)
            .map((d) => (
              <li key={d.id}>{formulas(inLanguage(d.text))}</li>
            ))}
        </ul>
      </details>
    </section>
  );
}

function Submission({ work, waiting }: { work: Work | undefined; waiting: boolean }) {
  const lesson = useLesson();
  if (!work) return null;
  const previous = work?.previousSubmission;
  const text = work.text ?? work?.submission ?? "";
  return (
    <>
      {waiting && (
        <section class="card ok" role="status">
          <b>{w().work.handedIn}</b>
        </section>
      )}
      <section class="card stack">
        <span class="small muted">{work.version > 1 ? w().work.second : w().work.title}</span>
        {text && (
          <p class="pre">
            <Theirs>{text}</Theirs>
          </p>
        )}
        <Photos photos={shownPhotos(lesson, work.studentId, work.stepId)} />
        {work.ownContribution && <Part title={w().work.own} text={work.ownContribution} />}
        {work.reflection && <Part title={w().work.reflection} text={work.reflection} />}
        {work.sources && work.sources.length > 0 && <Part title={w().work.sources} text={work.sources.join("\n")} />}
        {previous && (
          <details>
            <summary>{w().work.before}</summary>
            <p class="pre muted">{previous}</p>
          </details>
        )}
      </section>
    </>
  );
}

function Part({ title, text }: { title: string; text: string }) {
  return (
    <div>
      <span class="small muted">{title}</span>
      <p class="pre">
        <Theirs>{text}</Theirs>
      </p>
    </div>
  );
}
