import { useState } from "preact/hooks";
import type { Sent } from "../../connection/outbox";
import { t } from "../../i18n";
import { w } from "../../i18n/student";
import { useLesson } from "../../lesson/context";
import { apart, mine, type OnPhone, phoneOf, setApart } from "../../lesson/phone";
import { fits } from "../../ui/Length";
import { Button, Choice } from "../../ui/parts";
import { SentWord } from "../../ui/Status";
import { Theirs } from "../../ui/Theirs";
import { longestName, type Named, Nickname } from "./Nickname";
import { mostOnPhone, nobody } from "./ShareNames";

/** In the lesson: who is on this phone, and one more name. */
export function ShareSheetPart() {
  const lesson = useLesson();
  const [named, setNamed] = useState<Named>();
  const [sent, setSent] = useState<Sent>();
  const me = lesson.store.one("me");
  const sharing = me?.sharing ?? [];
  const waiting = sharing.filter((s) => s.waiting);
  const add = (e: Event) => {
    e.preventDefault();
    if (!named) return;
    const going = lesson.outbox.send("ShareSeat", { nickname: named.nickname.trim(), themed: named.themed }, undefined, mine(lesson));
    setSent(going);
    void going.done.then((reply) => {
      if (!reply.refusal) setNamed(undefined);
    });
  };
  return (
    <section class="stack" data-testid="sharing">
      {sharing.length > 0 && (
        <>
          <p>
            <Names all={phoneOf(lesson)} />
          </p>
          <p class="muted small">{w().share.eachCounts}</p>
        </>
      )}
      {waiting.map((s) => (
        <p class="muted small" key={s.studentId}>
          <Theirs>{s.nickname}</Theirs>: {w().share.waits}
        </p>
      ))}
      {named ? (
        <form class="card stack" onSubmit={add}>
          <Nickname value={named} onChange={setNamed} />
          {sent?.state.value === "refused" && <SentWord sent={sent} />}
          <div class="row wrap">
            <Button type="submit" disabled={named.nickname.trim() === "" || !fits(named.nickname, longestName)}>
              {w().share.add}
            </Button>
            <Button kind="quiet" onClick={() => setNamed(undefined)}>
              {t().cancel}
            </Button>
          </div>
        </form>
      ) : (
        sharing.length < mostOnPhone - 1 && (
          <Button kind="line" compact onClick={() => setNamed(nobody)} data-testid="share-later">
            {sharing.length === 0 ? w().share.line : w().share.more}
          </Button>
        )
      )}
    </section>
  );
}

export function Names({ all }: { all: readonly OnPhone[] }) {
  return (
    <b>
      {all.map((c, i) => (
        <span key={c.id}>
          {i > 0 && ", "}
          <Theirs>{c.nickname}</Theirs>
        </span>
      ))}
    </b>
  );
}

/** Together or one by one; where the teacher asks each child, that is said instead. */
export function TogetherOrApart() {
  const lesson = useLesson();
  if (lesson.store.one("pace")?.eachChild) return <p class="pill warn start">{w().share.teacherAsksEach}</p>;
  return (
    <Choice
      label={w().share.how}
      value={apart(lesson) ? "apart" : "together"}
      options={["together", "apart"] as const}
      name={(how) => w().share[how]}
      onPick={(how) => setApart(lesson, how === "apart")}
    />
  );
}

/** Whose turn it is. */
export function Turns({
  all,
  now,
  done,
  onPick,
}: {
  all: readonly OnPhone[];
  now: string;
  done: (id: string) => boolean;
  onPick: (id: string) => void;
}) {
  return (
    <div class="row wrap" role="group" aria-label={w().share.turn}>
      {all.map((c) => (
        <button
          type="button"
          key={c.id}
          class="pick name"
          aria-pressed={c.id === now}
          onClick={() => onPick(c.id)}
          data-testid={`turn-${c.id}`}
        >
          {done(c.id) && "✓ "}
          <Theirs>{c.nickname}</Theirs>
        </button>
      ))}
    </div>
  );
}
