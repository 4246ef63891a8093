import { useState } from "preact/hooks";
import { inLanguage } from "../../i18n";
import { w } from "../../i18n/student";
import { useLesson } from "../../lesson/context";
import { phoneOf, together } from "../../lesson/phone";
import { shownPhotos } from "../../lesson/photos";
import type { Feedback, Task, Work } from "../../protocol/types";
import { Photos } from "../../ui/Photo";
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
  const [alone, setAlone] = useState<string>();
  // One who has another phone by now writes there.
  const child = all.find((c) => c.id === alone)?.id;
  const whose = child ?? me?.studentId ?? "";
  const work = lesson.store.one("work", `${whose}/${stepId}`);
  const feedback = [...lesson.store.all("feedback")]
    .filter(([, f]) => f.stepId === stepId && (f.studentId === whose || f.with?.includes(whose)))
    .sort(([, a], [, b]) => b.workVersion - a.workVersion)[0];
  if (!task || !me) return null;
  const handedIn = work?.status === "handedIn";
  const answered = feedback && isOf(feedback[1], lesson.store.one("work", `${feedback[1].studentId}/${stepId}`), work);
  const children = child ? [child] : together(lesson);
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
            all={[{ id: "", nickname: w().share.together }, ...all]}
            now={child ?? ""}
            done={(id) => lesson.store.one("work", `${id || me.studentId}/${stepId}`)?.status === "handedIn"}
            onPick={(id) => setAlone(id || undefined)}
          />
          <p class="muted small">{child ? w().share.workAlone : w().share.workTogether}</p>
        </>
      )}
      {feedback && <FeedbackView id={feedback[0]} feedback={feedback[1]} task={task} over={over ?? false} />}
      {handedIn && answered && !over && (
        <Confirm
          label={w().feedback.revise}
          ask={w().feedback.reviseAsk}
          yes={w().feedback.revise}
          onYes={() => lesson.outbox.send("ReviseWork", { stepId }, undefined, children)}
        />
      )}
      {!handedIn && !over && <About task={task} />}
      {work?.status === "revising" && <p class="pill warn start">{w().feedback.again}</p>}
      {handedIn || over ? (
        <Submission work={work} waiting={!answered && !over} />
      ) : (
        <WorkEditor key={child ?? ""} studentId={whose} stepId={stepId} task={task} work={work} children={children} />
      )}
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
      <p class="pre">{inLanguage(task.text)}</p>
      <p class={`pill start ${policy === "none" ? "sky" : "ai"}`}>{w().work.policy[policy]}</p>
      <details>
        <summary>{w().work.checks}</summary>
        <ul>
          {task.criteria
            .flatMap((c) => c.descriptors)
            .map((d) => (
              <li key={d.id}>{inLanguage(d.text)}</li>
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
