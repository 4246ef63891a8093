import { Fragment } from "preact";
import { useState } from "preact/hooks";
import { secondsLeft } from "../../connection/clock";
import type { Sent } from "../../connection/outbox";
import { inLanguage, t } from "../../i18n";
import { w } from "../../i18n/student";
import { useLesson } from "../../lesson/context";
import { mine, together } from "../../lesson/phone";
import { minutesOf } from "../../lesson/time";
import { useTyped } from "../../lesson/typed";
import { uuid7 } from "../../protocol/ids";
import type { Contribution, Prompt } from "../../protocol/types";
import { AiBadge, aiMark } from "../../ui/AiBadge";
import { Icon } from "../../ui/icons";
import { fits, Length } from "../../ui/Length";
import { Button, Timer } from "../../ui/parts";
import { formulas, Rich } from "../../ui/Rich";
import { SentWord } from "../../ui/Status";
import { isolated, Theirs } from "../../ui/Theirs";
import { Described } from "./Described";
import { isOwnIdea, rememberIdea } from "./ownIdeas";

/** The discussion: the prompt, the team, its ideas, and everybody's once the teacher shared them. */
export function TalkView({ stepId, prompt }: { stepId: string; prompt: Prompt | undefined }) {
  const lesson = useLesson();
  const me = lesson.store.one("me");
  if (!prompt) return <p class="muted center">{w().talk.waits}</p>;
  const p = prompt.prompt;
  const team = me?.team ? lesson.store.one("team", `${me.team}`) : undefined;
  return (
    <>
      <section class="card slab stack" {...aiMark(prompt.provenance)}>
        <div class="row apart">
          <span class="small">{w().talk.title}</span>
          <b class="big-time">
            <Timer left={() => secondsLeft(prompt.pickedAt, minutesOf(prompt))} />
          </b>
        </div>
        <Rich text={inLanguage(p.question)} heading="h2" />
        <Described image={p.image} />
      </section>
      <div class="row wrap">
        <AiBadge source={prompt.provenance} edited={prompt.edited} editedBy={prompt.editedBy} />
        {me?.team ? (
          <span class="pill sky">
            {t().team(me.team)}
            {team?.nicknames ? `: ${team.nicknames.map(isolated).join(", ")}` : ""}
          </span>
        ) : (
          <span class="muted small">{w().talk.noTeam}</span>
        )}
      </div>
      <dl class="card stack talk" {...aiMark(prompt.provenance)}>
        <Detail title={w().talk.make} text={inLanguage(p.make)} />
        <Detail title={w().talk.materials} text={inLanguage(p.materials)} />
        <Detail title={w().talk.roles} text={p.roles.map((r) => inLanguage(r))} />
        <Detail title={w().talk.sharing} text={inLanguage(p.sharing)} />
      </dl>
      {me?.team && <Add stepId={stepId} me={me.studentId} />}
      <Ideas stepId={stepId} team={me?.team} shared={prompt.shared} />
    </>
  );
}

/** @param text several ones stand in one line, and a dollar of one shuts no formula of another */
function Detail({ title, text }: { title: string; text: string | string[] }) {
  if (text.length === 0) return null;
  return (
    <div>
      <dt class="small muted">{title}</dt>
      <dd>
        {typeof text === "string" ? (
          <Rich text={text} heading="p" />
        ) : (
          <p>
            {text.map((each, i) => (
              <Fragment key={i}>
                {i > 0 && " · "}
                {formulas(each)}
              </Fragment>
            ))}
          </p>
        )}
      </dd>
    </div>
  );
}

/** As the server takes it. */
const longest = 600;

function Add({ stepId, me }: { stepId: string; me: string }) {
  const lesson = useLesson();
  const typed = useTyped(lesson, { child: me, field: "idea", of: stepId, round: 0, children: mine(lesson) });
  const [sent, setSent] = useState<Sent>();
  const text = typed.text;
  return (
    <form
      class="card stack"
      onSubmit={(e) => {
        e.preventDefault();
        const contributionId = uuid7();
        rememberIdea(contributionId, me);
        const next = lesson.outbox.send("Contribute", { contributionId, stepId, text: text.trim() }, undefined, mine(lesson));
        setSent(next);
        typed.clear();
        void next.done.then((r) => r.refusal && typed.bring(text));
      }}
    >
      <label class="stack tight">
        {w().talk.idea}
        <textarea rows={2} placeholder={w().talk.ideaHint} value={text} onInput={(e) => typed.type(e.currentTarget.value)} />
        <Length text={text} max={longest} />
      </label>
      <Button type="submit" disabled={text.trim() === "" || !fits(text, longest)}>
        {w().talk.add}
      </Button>
      {sent?.state.value === "refused" && <SentWord sent={sent} />}
    </form>
  );
}

function Ideas({ stepId, team, shared }: { stepId: string; team: number | undefined; shared: boolean }) {
  const lesson = useLesson();
  const ideas = [...lesson.store.all("contribution")]
    .filter(([, c]) => c.stepId === stepId)
    .sort(([, a], [, b]) => b.votes - a.votes || Date.parse(a.at) - Date.parse(b.at));
  const there = new Set(ideas.map(([id]) => id));
  // Sent without a connection, perhaps by a page that was closed since.
  const unsent = lesson.outbox.queued("Contribute").filter(({ fields }) => fields.stepId === stepId && !there.has(fields.contributionId));
  return (
    <section class="stack">
      <h3>{shared ? w().talk.ideas : w().talk.ours}</h3>
      {unsent.map(({ fields, sent }) => (
        <article class="card stack tight idea" key={fields.contributionId} data-testid="unsent-idea">
          <p>
            <Theirs>{fields.text}</Theirs>
          </p>
          <SentWord sent={sent} />
        </article>
      ))}
      {ideas.length === 0 && unsent.length === 0 && <p class="muted">{w().talk.noIdeas}</p>}
      {ideas.map(([id, c]) => (
        <Idea key={id} id={id} idea={c} mark={shared && c.team !== team} waits={shared && !c.shared} />
      ))}
    </section>
  );
}

function Idea({ id, idea, mark, waits }: { id: string; idea: Contribution; mark: boolean; waits: boolean }) {
  const lesson = useLesson();
  const mine = isOwnIdea(id, lesson.store.one("me")?.studentId);
  const voted = lesson.store.one("vote", id)?.on ?? false;
  return (
    <article class="card row idea">
      <div class="grow">
        {(mark || mine || waits) && (
          <span class="row small muted">
            {mark && t().team(idea.team)}
            {mine && <span class="pill sky">{w().talk.mine}</span>}
            {waits && <span class="pill">{w().talk.waitsForTeacher}</span>}
          </span>
        )}
        <p class={idea.hidden ? "muted" : ""}>{idea.hidden ? w().talk.hidden : <Theirs>{idea.text}</Theirs>}</p>
      </div>
      {!idea.hidden && (
        <button
          type="button"
          class="vote"
          aria-pressed={voted}
          aria-label={`${voted ? w().talk.unvote : w().talk.vote}, ${t().votes(idea.votes)}`}
          onClick={() => lesson.outbox.send("Upvote", { contributionId: id, on: !voted }, `vote/${id}`, together(lesson))}
        >
          <Icon name="up" size={20} />
          {idea.votes}
        </button>
      )}
    </article>
  );
}
