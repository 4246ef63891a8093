import { useState } from "preact/hooks";
import { inLanguage } from "../../i18n";
import { w } from "../../i18n/helper";
import { count } from "../../lesson/byHand";
import { useLesson } from "../../lesson/context";
import type { Helped } from "../../protocol/types";
import { HandCount, longestOf, rowsOf } from "../../ui/HandCount";
import { Button, Card } from "../../ui/parts";
import { Rich } from "../../ui/Rich";
import { Theirs } from "../../ui/Theirs";
import { childrenOf } from "./room";

/** The question before the class: who of this room has not answered, and hands that are counted here. What was answered is not hers. */
export function Ask({ room }: { room: Helped }) {
  const lesson = useLesson();
  const [counts, setCounts] = useState(false);
  const q = room.question;
  if (!q) return null;
  const asked = childrenOf(lesson).filter(([, c]) => c.answered !== undefined);
  const silent = asked.filter(([, c]) => !c.answered);
  return (
    <Card>
      <h2>{w().question}</h2>
      <Rich text={inLanguage(q.text)} heading="p" />
      <p class="muted" data-testid="answered">
        {q.status === "closed"
          ? w().closed
          : !q.mayCount
            ? w().thinking
            : asked.length === 0
              ? w().open
              : silent.length === 0
                ? w().everybody
                : w().silent(silent.length, asked.length)}
      </p>
      {silent.length > 0 && (
        <ul class="plain row wrap" aria-label={w().silent(silent.length, asked.length)}>
          {silent.map(([id, child]) => (
            <li key={id} class="pill cut">
              <Theirs>{child.nickname}</Theirs>
            </li>
          ))}
        </ul>
      )}
      {q.mayCount && (
        <Button kind="line" aria-expanded={counts} onClick={() => setCounts(!counts)} data-testid="count-hands">
          {counts ? w().countDone : w().count}
        </Button>
      )}
      {q.mayCount && counts && (
        <HandCount
          key={`${q.id}/${q.round}`}
          rows={rowsOf(q)}
          counts={q.hands}
          most={q.most}
          longest={longestOf(q)}
          onCount={(next) => count(lesson, q.id, next, room.room)}
        />
      )}
    </Card>
  );
}
