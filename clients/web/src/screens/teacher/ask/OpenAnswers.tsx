import { w as words } from "../../../i18n/asking";
import { w } from "../../../i18n/teacher";
import { groupedAnswers, type Said, saidAlike } from "../../../lesson/answers";
import { useLesson } from "../../../lesson/context";
import { nameOf } from "../../../lesson/seats";
import type { Question } from "../../../protocol/types";
import { Button } from "../../../ui/parts";
import { Theirs } from "../../../ui/Theirs";
import { explainQuestion } from "../explain/askedByStudent";
import { Act, useSend } from "../parts/Act";

/** Fewer are read faster than they are grouped. */
const worthGrouping = 3;

/** Open answers, each with who gave it; put together by likeness where the teacher wants it, who then splits and joins. */
export function OpenAnswers({ id, q }: { id: string; q: Question }) {
  const lesson = useLesson();
  const answers = groupedAnswers(lesson, id, q.round);
  const { groups, others } = saidAlike(lesson, id, answers);
  if (answers.length === 0) return <p class="small muted">{w().ask.noAnswers}</p>;
  const grouped = groups.length > 0;
  return (
    <>
      {(grouped || answers.length >= worthGrouping) && (
        <div class="row wrap">
          {(!grouped || others.length > 0) && (
            <Act name="GroupAnswers" fields={{ questionId: id, on: true }} kind="line" testid={`group-answers-${id}`}>
              {grouped ? words().alike.groupAnew : words().alike.group}
            </Act>
          )}
          {grouped && (
            <Act name="GroupAnswers" fields={{ questionId: id, on: false }} kind="quiet" testid={`ungroup-answers-${id}`}>
              {words().alike.ungroup}
            </Act>
          )}
        </div>
      )}
      {grouped && <p class="small muted">{words().alike.how}</p>}
      {groups.map((group, at) => (
        <section class="alike stack tight" key={group[0]?.answer.studentId} data-testid="alike">
          {group.length > 1 && <b class="small">{words().alike.count(group.length)}</b>}
          <ul class="plain stack">
            {group.map((said) => (
              <Row
                key={said.answer.studentId}
                id={id}
                said={said}
                grouped
                alone={group.length === 1}
                joins={groups.filter((_, i) => i !== at)}
              />
            ))}
          </ul>
        </section>
      ))}
      {others.length > 0 && (
        <>
          {grouped && <b class="small">{words().alike.arrived}</b>}
          <ul class="plain stack">
            {others.map((said) => (
              <Row key={said.answer.studentId} id={id} said={said} grouped={grouped} alone joins={groups} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

type RowProps = { id: string; said: Said; grouped: boolean; alone: boolean; joins: Said[][] };

function Row({ id, said: { answer: a, who }, grouped, alone, joins }: RowProps) {
  const lesson = useLesson();
  const explains = lesson.store.one("pace")?.phase === "live" && lesson.modelWrites.value;
  return (
    <li class={`answer ${a.picked ? "picked" : ""}`}>
      <span class="grow stack tight">
        <span class="pre">
          <Theirs>{a.text}</Theirs>
        </span>
        <span class="small muted">
          <Theirs>{who.map((x) => nameOf(lesson, x)).join(", ")}</Theirs>
        </span>
        {grouped && <Place id={id} who={who} alone={alone} joins={joins} />}
      </span>
      {a.text && explains && (
        <Button kind="bare" compact onClick={() => explainQuestion(a.text ?? "")} data-testid={`explain-answer-${a.studentId}`}>
          {w().explain.explainThis}
        </Button>
      )}
      <Act
        name="PickAnswer"
        fields={{ questionId: id, studentId: a.studentId, picked: !a.picked }}
        kind={a.picked ? "quiet" : "line"}
        testid={`pick-answer-${a.studentId}`}
      >
        {a.picked ? w().ask.unpick : w().ask.pick}
      </Act>
    </li>
  );
}

/** Takes an answer out of its group, or puts it to another one. Those who said it together on one phone go together. */
function Place({ id, who, alone, joins }: { id: string; who: string[]; alone: boolean; joins: Said[][] }) {
  const { send } = useSend();
  const move = (mate?: string) => {
    for (const [i, studentId] of who.entries()) {
      const to = mate ?? (i > 0 ? who[0] : undefined);
      send("MoveAnswer", { questionId: id, studentId, ...(to ? { with: to } : {}) });
    }
  };
  return (
    <span class="row wrap">
      {!alone && (
        <Button kind="bare" compact onClick={() => move()} data-testid={`apart-${who[0]}`}>
          {words().alike.apart}
        </Button>
      )}
      {joins.length > 0 && (
        <select
          class="small join"
          aria-label={words().alike.joinTo}
          value=""
          onChange={(e) => e.currentTarget.value && move(e.currentTarget.value)}
          data-testid={`join-${who[0]}`}
        >
          <option value="">{words().alike.joinTo}</option>
          {joins.map((g) => (
            <option key={g[0]?.answer.studentId} value={g[0]?.answer.studentId}>
              {short(g[0]?.answer.text ?? "")}
            </option>
          ))}
        </select>
      )}
    </span>
  );
}

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);
