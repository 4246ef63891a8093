import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/preact";
import { w as student } from "../../src/i18n/student";
import { w as teacher } from "../../src/i18n/teacher";
import type { EntityChange, Me, Pace, Question } from "../../src/protocol/types";
import { QuestionView } from "../../src/screens/student/QuestionView";
import { ShareSheetPart } from "../../src/screens/student/Sharing";
import { TempoSheet } from "../../src/screens/student/TempoSheet";
import { Forget } from "../../src/screens/teacher/roster/Forget";
import { Signals } from "../../src/screens/teacher/signals/Signals";
import { WorkList } from "../../src/screens/teacher/work/WorkList";
import { entity, fakeLesson } from "../fakeLesson";
import { all, inEachLanguage, show } from "./screen";

beforeEach(() => localStorage.clear());
afterEach(cleanup);

const at = "2026-09-01T09:00:00Z";
const pace: Pace = { phase: "live", stepId: "s", locked: false, joined: 3, aiOn: true, boardVariant: "kk-simple" };
const me = (sharing?: Me["sharing"]): EntityChange =>
  entity("me", "", { studentId: "a", nickname: "Айдар", language: "kk", level: "simple", ...(sharing ? { sharing } : {}) });
const two = me([{ studentId: "b", nickname: "Сәуле" }]);
const question: Question = {
  kind: "single",
  text: all("Неге көк?"),
  options: [
    { id: "1", text: all("Шашырау") },
    { id: "2", text: all("Теңіз") },
  ],
  min: 0,
  max: 0,
  round: 1,
  status: "open",
  askedAt: at,
};
const asked = (lesson: ReturnType<typeof fakeLesson>) => show(lesson, <QuestionView id="q" question={question} />);
const answer = () => {
  fireEvent.click(screen.getByText("Шашырау"));
  fireEvent.click(screen.getByRole("button", { name: student().question.send }));
};

test("an answer of one child alone says of nobody else", async () => {
  const lesson = fakeLesson([entity("pace", "", pace), me()]);
  asked(lesson);
  assert.equal(screen.queryByText(student().share.apart), null);
  answer();
  await waitFor(() => assert.equal(lesson.sent.length, 1));
  assert.equal(lesson.sent[0]?.for?.length, undefined);
});

test("two on a phone answer together, and it is for both of them", async () => {
  const lesson = fakeLesson([entity("pace", "", pace), two]);
  asked(lesson);
  answer();
  await waitFor(() => assert.deepEqual(lesson.sent[0]?.for, ["a", "b"]));
});

test("one by one: the phone asks the first, then who has no answer yet, by name", async () => {
  const lesson = fakeLesson([entity("pace", "", pace), two]);
  asked(lesson);
  fireEvent.click(screen.getByText(student().share.apart));
  assert.match(screen.getByTestId("whose-turn").textContent ?? "", /Айдар/);
  answer();
  await waitFor(() => assert.deepEqual(lesson.sent[0]?.for, ["a"]));
  lesson.store.patch(1, 2, [entity("answer", "q/1/a", { questionId: "q", round: 1, studentId: "a", options: ["1"], at })]);
  await waitFor(() => assert.match(screen.getByTestId("whose-turn").textContent ?? "", /Сәуле/));
  answer();
  await waitFor(() => assert.deepEqual(lesson.sent[1]?.for, ["b"]));
});

test("where the teacher asks each child there is no choice, and the phone says so in each language", () => {
  inEachLanguage((language) => {
    show(fakeLesson([entity("pace", "", { ...pace, eachChild: true }), two]), <QuestionView id="q" question={question} />, language);
    screen.getByText(student().share.teacherAsksEach);
    assert.equal(screen.queryByText(student().share.together), null);
    screen.getByTestId("whose-turn");
    cleanup();
  });
});

test("what is not asked one by one is of the whole phone", async () => {
  const lesson = fakeLesson([entity("pace", "", pace), two]);
  show(lesson, <TempoSheet now={undefined} onClose={() => {}} />);
  fireEvent.click(screen.getByTestId("more-time"));
  await waitFor(() => assert.deepEqual(lesson.sent, [{ name: "AskForMoreTime", fields: {}, for: ["a", "b"] }]));
});

test("a second name is added later, one who waits is said, and three are all", async () => {
  const lesson = fakeLesson([entity("pace", "", pace), me([{ studentId: "b", nickname: "Сәуле", waiting: true }])]);
  show(lesson, <ShareSheetPart />);
  screen.getByText(new RegExp(student().share.waits));
  fireEvent.click(screen.getByTestId("share-later"));
  fireEvent.input(screen.getByRole("textbox"), { target: { value: " Тимур " } });
  fireEvent.click(screen.getByRole("button", { name: student().share.add }));
  await waitFor(() => assert.deepEqual(lesson.sent, [{ name: "ShareSeat", fields: { nickname: "Тимур", themed: false }, for: ["a"] }]));
  cleanup();
  show(fakeLesson([me(["b", "c"].map((studentId) => ({ studentId, nickname: studentId })))]), <ShareSheetPart />);
  assert.equal(screen.queryByTestId("share-later"), null);
});

const seats = [
  entity("seat", "a", { nickname: "Айдар", sharedWith: ["b"] }),
  entity("seat", "b", { nickname: "Сәуле", sharedWith: ["a"] }),
  entity("seat", "c", { nickname: "Дана" }),
];

test("a hand says both names, and who shares a connected phone is not away", () => {
  inEachLanguage((language) => {
    const lesson = fakeLesson([...seats, entity("hand", "a", { topic: "", since: at })], ["a", "c"]);
    const page = show(lesson, <Signals pace={pace} onTab={() => {}} />, language);
    assert.match(page.textContent ?? "", /Айдар, Сәуле/);
    assert.equal(screen.queryByTestId("card-away"), null);
    cleanup();
    show(fakeLesson(seats, ["c"]), <Signals pace={pace} onTab={() => {}} />, language);
    assert.match(screen.getByTestId("card-away").textContent ?? "", /Айдар.*Сәуле/);
    cleanup();
  });
});

test("a work made together stands once with both names, counts for two, and each gets a mark of its own", async () => {
  const work = (studentId: string, other: string) =>
    entity("work", `${studentId}/s`, {
      studentId,
      stepId: "s",
      status: "handedIn",
      version: 1,
      words: 3,
      text: "бұл үш сөз",
      savedAt: at,
      with: [other],
    });
  const task = {
    title: all("Т"),
    text: all("Т"),
    aiPolicy: "none" as const,
    minOwnWords: 1,
    asksReflection: false,
    asksSources: false,
    criteria: [],
  };
  const plan = entity("plan", "", {
    title: all("П"),
    subject: all("П"),
    className: "7",
    teacherName: "А",
    gradeFrom: 7,
    gradeTo: 7,
    minutes: 40,
    steps: [],
    marks: [2, 5],
  });
  const lesson = fakeLesson([
    plan,
    entity("pace", "", pace),
    ...seats,
    work("a", "b"),
    work("b", "a"),
    entity("mark", "a/s", { studentId: "a", stepId: "s", mark: 5, at }),
  ]);
  const page = show(lesson, <WorkList stepId="s" task={task} />);
  assert.equal(page.querySelectorAll("li.work").length, 1);
  assert.equal(page.querySelector(".count")?.textContent, "2");
  assert.match(page.querySelector("li.work b")?.textContent ?? "", /Айдар, Сәуле/);
  const marks = page.querySelectorAll<HTMLElement>(".marks");
  assert.equal(marks.length, 2);
  fireEvent.click(marks[1]?.querySelector("[data-testid=mark-4]") as HTMLElement);
  await waitFor(() => assert.deepEqual(lesson.sent, [{ name: "GiveMark", fields: { studentId: "b", stepId: "s", mark: 4 } }]));
});

test("who erases a child that shares a phone reads what of the common work stays", () => {
  inEachLanguage((language) => {
    show(fakeLesson(), <Forget id="a" nickname="Айдар" shares />, language);
    fireEvent.click(screen.getByTestId("forget-a"));
    assert.equal(screen.getByTestId("forget-shared").textContent, teacher().students.forgetShared);
    cleanup();
  });
});
