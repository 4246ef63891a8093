import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { cleanup } from "@testing-library/preact";
import { w as board } from "../../src/i18n/board";
import { w as student } from "../../src/i18n/student";
import { w as teacher } from "../../src/i18n/teacher";
import type { Question } from "../../src/protocol/types";
import { QuestionMain } from "../../src/screens/board/QuestionMain";
import { QuestionView } from "../../src/screens/student/QuestionView";
import { Ask } from "../../src/screens/teacher/ask/Ask";
import { entity, fakeLesson } from "../fakeLesson";
import { all, inEachLanguage, show } from "./screen";

afterEach(cleanup);

const at = "2026-09-01T09:00:00Z";
const question = (part: Partial<Question>): Question => ({
  kind: "single",
  stepId: "s",
  text: all("Ағаш неден өседі?"),
  options: [
    { id: "1", text: all("Топырақтан") },
    { id: "2", text: all("Ауадан") },
  ],
  min: 0,
  max: 0,
  round: 1,
  status: "open",
  askedAt: at,
  ...part,
});
const back = question({ returns: "q" });
const me = entity("me", "", {
  studentId: "a",
  nickname: "Дана",
  language: "kk",
  level: "simple",
  sharing: [{ studentId: "b", nickname: "Иван" }],
});
const first = entity("question", "q", question({ stepId: "warm-up", status: "closed" }));
const answerOf = (child: string, round: number) =>
  entity("answer", `q/${round}/${child}`, { questionId: "q", round, studentId: child, options: ["1"], at });
const pace = entity("pace", "", { phase: "live", stepId: "s", locked: false, joined: 2, aiOn: true, boardVariant: "kk-simple" });

test("a phone says that a question was asked before only where one of its children answered it then", () => {
  inEachLanguage((language) => {
    const says = (...more: ReturnType<typeof entity>[]) => {
      const page = show(fakeLesson([pace, me, ...more]), <QuestionView id="back" question={back} />, language);
      const said = page.textContent?.includes(student().question.again);
      cleanup();
      return said;
    };
    assert.equal(says(), false, "the first was never asked");
    assert.equal(says(first), false, "these children did not answer it");
    assert.equal(says(first, answerOf("c", 1)), false, "another child did");
    assert.equal(says(first, answerOf("a", 1)), true);
    assert.equal(says(first, answerOf("b", 1)), true, "who shares the phone");
  });
});

test("the board and the console say it only of a question that was asked", () => {
  inEachLanguage((language) => {
    const says = (...more: ReturnType<typeof entity>[]) => {
      const lesson = fakeLesson([pace, ...more]);
      const onBoard = show(lesson, <QuestionMain id="back" question={back} joined={2} />, language).textContent ?? "";
      cleanup();
      const options = back.options.map((o) => ({ ...o, correct: false }));
      const plan = { id: "later", kind: "single" as const, text: back.text, options, min: 0, max: 0, returns: "q" };
      const step = { hasPrompts: false, questions: [plan] };
      const planned = show(lesson, <Ask stepId="s" step={step} />, language).textContent ?? "";
      cleanup();
      const asked =
        show(fakeLesson([pace, entity("question", "back", back), ...more]), <Ask stepId="s" step={{ hasPrompts: false }} />, language)
          .textContent ?? "";
      cleanup();
      return [onBoard.includes(board().again), planned.includes(teacher().ask.returns), asked.includes(teacher().ask.returns)];
    };
    assert.deepEqual(says(), [false, false, false]);
    assert.deepEqual(says(first), [true, true, true]);
  });
});
