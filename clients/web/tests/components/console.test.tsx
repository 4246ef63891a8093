import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/preact";
import { w as asking } from "../../src/i18n/asking";
import { w } from "../../src/i18n/teacher";
import type { Pace, Plan, Question, Step } from "../../src/protocol/types";
import { OwnQuestion } from "../../src/screens/teacher/ask/OwnQuestion";
import { QuestionResults } from "../../src/screens/teacher/ask/QuestionResults";
import { AiSwitch } from "../../src/screens/teacher/header/Controls";
import { StepPanel } from "../../src/screens/teacher/StepPanel";
import { Signals } from "../../src/screens/teacher/signals/Signals";
import { ReturnWork } from "../../src/screens/teacher/work/ReturnWork";
import { entity, type FakeLesson, fakeLesson } from "../fakeLesson";
import { all, inEachLanguage, show } from "./screen";

beforeEach(() => sessionStorage.clear());
afterEach(cleanup);

const at = "2026-09-01T09:00:00Z";
const pace: Pace = { phase: "live", stepId: "s", startedAt: at, locked: false, joined: 9, aiOn: true, boardVariant: "kk-simple" };
const seat = (id: string, nickname: string) => entity("seat", id, { nickname });
const explanation = entity("explanation", "e", {
  number: 1,
  stepId: "s",
  topic: all("Фотосинтез"),
  mode: "plain",
  sentences: [],
  status: "finished",
  startedAt: at,
  boardVariant: "kk-simple",
  variants: [{ variant: "kk-simple", status: "finished", epoch: 1, length: 8 }],
});
const step: Step = { hasPrompts: false, topics: [{ id: "t", topic: all("Фотосинтез") }] };
const spot = { variant: "kk-simple" as const, sentence: 1, count: 2, readers: 3, who: ["a"] };
const lastOf = <T,>(lesson: FakeLesson): T => lesson.sent.at(-1)?.fields as T;
const signals = <Signals pace={pace} onTab={() => {}} />;

test("the card of who is lost has the sentence as its readers have it, and in the teacher's language where that says the same", () => {
  const heat = entity("heat", "e", {
    spots: [{ ...spot, text: "Күн жарық береді.", same: [{ variant: "ru-simple", text: "Солнце даёт свет." }] }],
  });
  const lesson = fakeLesson([seat("a", "Айсұлу"), explanation, entity("step", "s", step), heat]);
  const page = show(lesson, signals, "ru");
  assert.deepEqual(
    [...page.querySelectorAll(".quote [lang]")].map((x) => [x.getAttribute("lang"), x.textContent]),
    [
      ["kk", "«Күн жарық береді.»"],
      ["ru", "«Солнце даёт свет.»"],
    ],
  );
  cleanup();
  assert.equal(show(lesson, signals, "kk").querySelectorAll(".quote").length, 1);
});

test("a model explains the very sentence again, prepared text is told as a whole and says so, and what nobody can tell again offers nothing", async () => {
  const entities = [seat("a", "Айсұлу"), explanation, entity("step", "s", step), entity("heat", "e", { spots: [spot] })];
  for (const model of [true, false]) {
    const lesson = fakeLesson(entities, [], model);
    show(lesson, signals);
    assert.equal(screen.getByTestId("again-hot").textContent, model ? w().cards.again : w().cards.againWhole);
    fireEvent.click(screen.getByTestId("again-hot"));
    await waitFor(() => assert.equal(lesson.sent.at(-1)?.name, "RequestExplanation"));
    assert.deepEqual(lastOf<{ sentences: number[] }>(lesson).sentences, model ? [1] : []);
    cleanup();
  }
  show(fakeLesson([...entities, entity("step", "s", { ...step, topics: [] })]), signals);
  assert.equal(screen.queryByTestId("again-hot"), null);
});

test("the switch of AI says where there is none and where its allowance is used up, and what works all the same", () => {
  const meter = (tokens: number) => entity("meter", "", { tokens, limit: 100, calls: 3, cached: 0 });
  inEachLanguage((language) => {
    show(fakeLesson([]), <AiSwitch on />, language);
    fireEvent.click(screen.getByTestId("no-ai"));
    screen.getByText(w().head.aiWorks);
    screen.getByText(w().head.aiWorksNot);
    cleanup();
    show(fakeLesson([meter(100)], [], true), <AiSwitch on />, language);
    assert.equal(screen.getByTestId("no-ai").textContent, w().head.aiSpent);
    cleanup();
    show(fakeLesson([meter(10)], [], true), <AiSwitch on />, language);
    assert.equal(screen.getByTestId("ai-switch").getAttribute("aria-checked"), "true");
    cleanup();
  });
});

test("that a step has no devices is said once", () => {
  const plan = (kind: "unplugged" | "discuss"): Plan =>
    ({
      title: all("Сабақ"),
      className: "7Б",
      minutes: 9,
      steps: [{ id: "s", kind, minutes: 9, devices: false, title: all("Қадам") }],
    }) as unknown as Plan;
  for (const kind of ["unplugged", "discuss"] as const) {
    const page = show(fakeLesson([entity("step", "s", step)]), <StepPanel plan={plan(kind)} pace={pace} />);
    assert.equal(page.querySelector(".step-head")?.textContent?.split(w().step.unplugged).length, 2, kind);
    cleanup();
  }
});

test("a work is returned with a sentence, and the sentence stands there until it is handed in again", async () => {
  const work = { studentId: "a", stepId: "s", status: "handedIn" as const, version: 1, words: 9, savedAt: at };
  const lesson = fakeLesson([]);
  show(lesson, <ReturnWork work={work} />);
  fireEvent.click(screen.getByTestId("return-work-a"));
  assert.equal(screen.getByTestId("return-send-a").hasAttribute("disabled"), true);
  fireEvent.input(screen.getByTestId("return-text-a"), { target: { value: " Мысал қосыңыз " } });
  fireEvent.click(screen.getByTestId("return-send-a"));
  await waitFor(() =>
    assert.deepEqual(lesson.sent.at(-1), { name: "ReturnWork", fields: { studentId: "a", stepId: "s", text: "Мысал қосыңыз" } }),
  );
  cleanup();
  show(lesson, <ReturnWork work={{ ...work, status: "revising", returned: "Мысал қосыңыз" }} />);
  assert.ok(screen.getByTestId("returned").textContent?.includes("Мысал қосыңыз"));
  assert.equal(screen.queryByTestId("return-work-a"), null);
});

test("a reply to feedback is a card until it was read", () => {
  const feedback = entity("feedback", "f", {
    studentId: "a",
    stepId: "s",
    workVersion: 1,
    status: "released",
    items: [],
    note: "Жақсы",
    edited: false,
    droppedQuotes: 0,
    reply: "Рақмет сізге",
  });
  show(fakeLesson([seat("a", "Айсұлу"), feedback]), signals);
  screen.getByText("Рақмет сізге");
  fireEvent.click(screen.getByTestId("reply-seen-a"));
  assert.equal(screen.queryByTestId("card-replies"), null);
});

test("answers that are alike stand together, and the teacher takes one out and puts it to another", async () => {
  const q: Question = { kind: "open", text: all("Неге?"), options: [], min: 0, max: 0, round: 1, status: "open", askedAt: at };
  const answer = (id: string, text: string) =>
    entity("answer", `q/1/${id}`, { questionId: "q", round: 1, studentId: id, options: [], text, at });
  const three = [answer("a", "жарық"), answer("b", "жарық керек"), answer("c", "су")];
  const lesson = fakeLesson(three);
  show(lesson, <QuestionResults id="q" q={q} />);
  fireEvent.click(screen.getByTestId("group-answers-q"));
  await waitFor(() => assert.deepEqual(lesson.sent.at(-1), { name: "GroupAnswers", fields: { questionId: "q", on: true } }));
  cleanup();
  const grouped = fakeLesson([
    ...three,
    answer("d", "ауа"),
    entity("answerGroups", "q", { groups: [{ students: ["a", "b"] }, { students: ["c"] }] }),
  ]);
  show(grouped, <QuestionResults id="q" q={q} />);
  assert.deepEqual(
    screen.getAllByTestId("alike").map((g) => g.querySelectorAll("li").length),
    [2, 1],
  );
  screen.getByText(asking().alike.arrived);
  fireEvent.click(screen.getByTestId("apart-b"));
  await waitFor(() => assert.deepEqual(grouped.sent.at(-1), { name: "MoveAnswer", fields: { questionId: "q", studentId: "b" } }));
  fireEvent.change(screen.getByTestId("join-d"), { target: { value: "c" } });
  await waitFor(() =>
    assert.deepEqual(grouped.sent.at(-1), { name: "MoveAnswer", fields: { questionId: "q", studentId: "d", with: "c" } }),
  );
});

test("a question of one's own has one right answer where one is chosen, and is asked as it was typed", async () => {
  const lesson = fakeLesson([]);
  show(lesson, <OwnQuestion />);
  fireEvent.click(screen.getByTestId("own-kind-single"));
  fireEvent.input(screen.getByTestId("own-text"), { target: { value: "Қайсысы?" } });
  fireEvent.input(screen.getByTestId("own-option-0"), { target: { value: "а" } });
  fireEvent.input(screen.getByTestId("own-option-1"), { target: { value: "ә" } });
  fireEvent.click(screen.getByTestId("own-right-0"));
  fireEvent.click(screen.getByTestId("own-right-1"));
  assert.equal((screen.getByTestId("own-right-0") as HTMLInputElement).checked, false);
  fireEvent.click(screen.getByTestId("own-ask"));
  await waitFor(() => assert.equal(lesson.sent.at(-1)?.name, "AskOwnQuestion"));
  const { question } = lastOf<{ question: { kind: string; options: { correct: boolean }[] } }>(lesson);
  assert.deepEqual([question.kind, question.options.map((o) => o.correct)], ["single", [false, true]]);
});
