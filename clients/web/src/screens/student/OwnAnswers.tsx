import { w } from "../../i18n/student";
import type { Lesson } from "../../lesson/lesson";
import { type OnPhone, phoneOf } from "../../lesson/phone";
import type { Answer, Question } from "../../protocol/types";
import { OwnAnswer } from "./OwnAnswer";
import { Names } from "./Sharing";

/** What a child of the phone answered in a round; undefined: nothing. */
export type Said = { child: OnPhone; answer: Answer | undefined };

export const saidOf = (lesson: Lesson, id: string, round: number): Said[] =>
  phoneOf(lesson).map((child) => ({ child, answer: lesson.store.one("answer", `${id}/${round}/${child.id}`) }));

/** The same was said, together or alone. */
export const sameAnswer = (a: Answer, b: Answer): boolean => contentOf(a) === contentOf(b);

const contentOf = ({ options, scale, text }: Answer): string => JSON.stringify([options, scale, text]);

/** Each child's own answer by its name, those who gave one together once; who gave none is told so.
 *  @param title instead of "your answer" */
export function OwnAnswers({ q, said, title }: { q: Question; said: readonly Said[]; title?: string }) {
  const groups: { children: OnPhone[]; answer: Answer | undefined }[] = [];
  for (const { child, answer } of said) {
    const same = groups.find((g) => answer?.together && g.answer?.together && contentOf(g.answer) === contentOf(answer));
    if (same) same.children.push(child);
    else groups.push({ children: [child], answer });
  }
  return (
    <>
      {groups.map(({ children, answer }) => (
        <div key={children[0]?.id} class="stack tight" data-testid="own-answer">
          {said.length > 1 && <Names all={children} />}
          {answer ? <OwnAnswer q={q} answer={answer} title={title} /> : <p class="muted">{w().question.missed}</p>}
        </div>
      ))}
    </>
  );
}
