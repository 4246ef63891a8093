import { useState } from "preact/hooks";
import { secondsUntil } from "../../../connection/clock";
import { say, t } from "../../../i18n";
import { w as p } from "../../../i18n/photos";
import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import { makersOf, notHandedIn, type WorkRow, worksOf } from "../../../lesson/feedback";
import { photosOf, shownPhotos } from "../../../lesson/photos";
import { nameOf, seatsOf } from "../../../lesson/seats";
import type { Task } from "../../../protocol/types";
import { AgainIn } from "../../../ui/AgainIn";
import { Photos } from "../../../ui/Photo";
import { Button } from "../../../ui/parts";
import { Theirs } from "../../../ui/Theirs";
import { FeedbackCard } from "../feedback/FeedbackCard";
import { Act } from "../parts/Act";
import { compare, type Piece } from "./diff";
import { Marks } from "./Marks";
import { RequestAllFeedback, RequestFeedback } from "./RequestFeedback";
import { ReturnWork } from "./ReturnWork";

export function WorkList({ stepId, task }: { stepId: string; task: Task }) {
  const lesson = useLesson();
  const [chosen, setOpen] = useState<string | null>();
  const rows = worksOf(lesson, stepId);
  // The only work is open by itself, unless it was folded.
  const open = chosen === undefined && rows.length === 1 ? rows[0]?.work.studentId : chosen;
  return (
    <section class="card stack">
      <div class="row apart wrap">
        <h3>
          {w().work.title} <span class="count">{rows.reduce((n, row) => n + makersOf(row.work).length, 0)}</span>
        </h3>
        <RequestAllFeedback stepId={stepId} />
      </div>
      <NotHandedIn stepId={stepId} />
      {rows.length === 0 && <p class="muted">{w().work.noWorks}</p>}
      <ul class="plain works">
        {rows.map((row) => (
          <Row
            key={row.work.studentId}
            row={row}
            task={task}
            open={open === row.work.studentId}
            onToggle={() => setOpen(open === row.work.studentId ? null : row.work.studentId)}
          />
        ))}
      </ul>
    </section>
  );
}

/** By name: who is asked for a work does not have to be looked for. */
function NotHandedIn({ stepId }: { stepId: string }) {
  const lesson = useLesson();
  const names = notHandedIn(lesson, stepId);
  if (seatsOf(lesson).length === 0 || lesson.store.one("pace")?.phase === "lobby") return null;
  return (
    <p class="small" data-testid="not-handed-in">
      {names.length === 0 ? (
        w().work.allIn
      ) : (
        <>
          <b>{w().work.notIn(names.length)}:</b> <Theirs>{names.join(", ")}</Theirs>
        </>
      )}
    </p>
  );
}

const tones = { draft: "", handedIn: "ok", revising: "warn" } as const;

function Row({ row, task, open, onToggle }: { row: WorkRow; task: Task; open: boolean; onToggle: () => void }) {
  const lesson = useLesson();
  const { work, feedback } = row;
  const name = makersOf(work)
    .map((id) => nameOf(lesson, id))
    .join(", ");
  const status = feedback?.f.status;
  const photos = photosOf(lesson, work.studentId, work.stepId).length;
  const marks = makersOf(work).flatMap((id) => lesson.store.one("mark", `${id}/${work.stepId}`)?.mark ?? []);
  const asks = work.status === "handedIn" && (!feedback || status === "failed");
  return (
    <li class="work" data-testid={`work-${work.studentId}`}>
      <div class="row wrap">
        <button type="button" class="who-button grow" aria-expanded={open} onClick={onToggle} data-testid={`open-work-${work.studentId}`}>
          <b>{name}</b>
          <span class="small muted">
            {t().words(work.words)}
            {work.status !== "draft" &&
              work.words < task.minOwnWords &&
              !(work.words === 0 && photos > 0) &&
              ` · ${w().work.fewer(task.minOwnWords - work.words)}`}
            {photos > 0 && ` · ${p().one(photos)}`}
            {work.version > 1 && ` · ${w().work.version(work.version)}`}
          </span>
        </button>
        {marks.length > 0 && <span class="pill sky">{marks.join(", ")}</span>}
        <span class={`pill ${tones[work.status]}`}>{w().work.status[work.status]}</span>
        {status === "requested" && <span class="small muted">{w().work.asked}</span>}
        {status === "draft" && <span class="pill warn">{w().work.queue}</span>}
        {status === "released" && <span class="pill ok">{w().work.released}</span>}
        {asks && <RequestFeedback stepId={work.stepId} studentId={work.studentId} failed={status === "failed" ? feedback?.f : undefined} />}
        <Button kind="bare" compact onClick={onToggle}>
          {open ? w().work.fold : w().work.read}
        </Button>
      </div>
      {status === "failed" && (
        <p class="small refused">
          {w().work.failed} {feedback?.f.failure && say(feedback.f.failure)} <AgainIn seconds={secondsUntil(feedback?.f.againAt)} />
        </p>
      )}
      {open && <Opened row={row} task={task} />}
    </li>
  );
}

function Opened({ row, task }: { row: WorkRow; task: Task }) {
  const lesson = useLesson();
  const { work } = row;
  // What was said of an earlier version, and the reply to it, stays beside the new one.
  const released = [...lesson.store.all("feedback")]
    .filter(([, f]) => makersOf(work).includes(f.studentId) && f.stepId === work.stepId && f.status === "released")
    .sort(([, a], [, b]) => b.workVersion - a.workVersion);
  const photos = shownPhotos(lesson, work.studentId, work.stepId);
  // While the second version is written, the teacher has the first alone.
  const text = work.submission ?? work.text;
  const earlier = work.previousSubmission;
  const [was, now] = earlier !== undefined && text !== undefined ? compare(earlier, text) : [];
  return (
    <div class="stack opened">
      {text === undefined && earlier === undefined ? (
        <p class="muted">{w().work.notHanded}</p>
      ) : was && now ? (
        <div class="two" data-testid="compared">
          <Version title={w().work.before} pieces={was} mark="del" />
          <Version title={w().work.now} pieces={now} mark="ins" />
        </div>
      ) : (
        (text ?? earlier) && (
          <article class="paper">
            <p class="pre">{text ?? earlier}</p>
          </article>
        )
      )}
      <Photos photos={photos} />
      {photos.length > 0 && <p class="small muted">{p().unseen}</p>}
      <Part title={w().work.own} text={work.ownContribution} />
      <Part title={w().work.reflection} text={work.reflection} />
      <Part title={w().work.sources} text={work.sources?.join("\n")} />
      {released.map(([id, f]) => (
        <div class="stack" key={id}>
          <FeedbackCard id={id} f={f} task={task} work={work} />
          <div class="row">
            <Act name="ReturnFeedback" fields={{ feedbackId: id }} kind="quiet" testid={`return-${id}`}>
              {w().work.back}
            </Act>
          </div>
        </div>
      ))}
      <ReturnWork work={work} />
      {work.version > 0 &&
        makersOf(work).map((id, _, all) => (
          <Marks key={id} studentId={id} stepId={work.stepId} name={all.length > 1 ? nameOf(lesson, id) : undefined} />
        ))}
    </div>
  );
}

function Version({ title, pieces, mark: Mark }: { title: string; pieces: readonly Piece[]; mark: "ins" | "del" }) {
  return (
    <article class="paper">
      <span class="small muted">{title}</span>
      <p class="pre">
        <Theirs>{pieces.map((p, i) => (p.changed ? <Mark key={i}>{p.text}</Mark> : p.text))}</Theirs>
      </p>
    </article>
  );
}

function Part({ title, text }: { title: string; text: string | undefined }) {
  if (!text) return null;
  return (
    <div>
      <span class="small muted">{title}</span>
      <p class="pre">
        <Theirs>{text}</Theirs>
      </p>
    </div>
  );
}
