import { w } from "../../i18n/own";
import { useLesson } from "../../lesson/context";
import type { Question } from "../../protocol/types";
import { OwnAnswers, type Said, saidOf, sameAnswer } from "./OwnAnswers";

/** What the child said when it was first asked, once it has answered anew or can no more: before that it would answer the same again. */
export function FirstAnswer({ id, q, now }: { id: string; q: Question; now: readonly Said[] }) {
  const lesson = useLesson();
  const first = saidOf(lesson, id, 1).filter(
    (s) => s.answer && (q.status !== "open" || now.some((n) => n.child.id === s.child.id && n.answer)),
  );
  if (first.length === 0) return null;
  const [one] = first;
  const other = now.find((n) => n.child.id === one?.child.id)?.answer;
  return (
    <section class="stack tight" data-testid="first-answer">
      <OwnAnswers q={q} said={first} title={w().firstAnswer} />
      {first.length === 1 && one?.answer && other && <p class="small muted">{sameAnswer(one.answer, other) ? w().same : w().changed}</p>}
    </section>
  );
}
