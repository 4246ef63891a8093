import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/preact";
import { say, t } from "../../src/i18n";
import { w } from "../../src/i18n/teacher";
import type { Question } from "../../src/protocol/types";
import { QuestionResults } from "../../src/screens/teacher/ask/QuestionResults";
import { askedByStudent } from "../../src/screens/teacher/explain/askedByStudent";
import { entity, fakeLesson } from "../fakeLesson";
import { all, inEachLanguage, show } from "./screen";

afterEach(cleanup);

const at = "2026-09-01T09:00:00Z";
const question = (part: Partial<Question>): Question => ({
  kind: "single",
  text: all("Неге көк?"),
  options: [
    { id: "1", text: all("Шашырау"), correct: true },
    { id: "2", text: all("Теңіз"), correct: false },
  ],
  min: 0,
  max: 0,
  round: 1,
  status: "revealed",
  askedAt: at,
  ...part,
});
const round = (n: number, ...counts: [string, number][]) => ({
  round: n,
  answered: counts.reduce((sum, [, count]) => sum + count, 0),
  counts: counts.map(([key, count]) => ({ key, count })),
});
const live = entity("pace", "", { phase: "live", locked: false, joined: 2, aiOn: true, boardVariant: "kk-simple" });
const answers = [
  live,
  entity("seat", "a", { nickname: "Айсұлу" }),
  entity("answer", "q/1/a", { questionId: "q", round: 1, studentId: "a", options: [], text: "Жарық шашырайды", at }),
];
const open = <QuestionResults id="q" q={question({ kind: "open", options: [] })} />;

test("counted answers are shown in each language, the right one marked, beside the round before", () => {
  inEachLanguage((language) => {
    const tally = entity("tally", "q", { answered: 3, rounds: [round(1, ["2", 3]), round(2, ["1", 2], ["2", 1])] });
    const page = show(fakeLesson([tally]), <QuestionResults id="q" q={question({ round: 2, why: all("Рэлей") })} />, language);
    const [right, wrong] = [...page.querySelectorAll("li")].map((row) => row.textContent ?? "");
    assert.ok(right?.includes("Шашырау") && right.includes(w().ask.right), right);
    assert.ok(wrong?.includes(`${w().ask.before(1)}: 3`) && !wrong.includes(w().ask.right), wrong);
    screen.getByRole("img", { name: t().answers(2) });
    assert.ok(page.textContent?.includes("Рэлей"));
    cleanup();
  });
});

test("an open answer is picked for the board, or put into the teacher's field to be explained where there is AI", async () => {
  show(fakeLesson(answers), open);
  assert.equal(screen.queryByTestId("explain-answer-a"), null);
  cleanup();
  const lesson = fakeLesson(answers, [], true);
  show(lesson, open);
  fireEvent.click(screen.getByTestId("pick-answer-a"));
  await waitFor(() => assert.equal(lesson.sent.length, 1));
  assert.deepEqual(lesson.sent, [{ name: "PickAnswer", fields: { questionId: "q", studentId: "a", picked: true } }]);
  fireEvent.click(screen.getByTestId("explain-answer-a"));
  assert.equal(askedByStudent.value, "Жарық шашырайды");
});

test("before the first answer an open question says so in each language, a counted one shows nothing", () => {
  inEachLanguage((language) => {
    show(fakeLesson([live]), open, language);
    screen.getByText(w().ask.noAnswers);
    cleanup();
    assert.equal(show(fakeLesson([live]), <QuestionResults id="q" q={question({})} />, language).textContent, "");
    cleanup();
  });
});

test("a pick that is refused says why beside its button, in each language", async () => {
  for (const language of ["kk", "ru", "en"] as const) {
    const lesson = fakeLesson(answers);
    lesson.reply = { seq: 0, refusal: { code: "lesson-ended" } };
    show(lesson, open, language);
    fireEvent.click(screen.getByTestId("pick-answer-a"));
    await screen.findByText(say("lesson-ended"));
    cleanup();
  }
});
