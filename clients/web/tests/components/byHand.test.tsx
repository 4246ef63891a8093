import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/preact";
import { w as board } from "../../src/i18n/board";
import { w as teacher } from "../../src/i18n/teacher";
import type { Pace, Question } from "../../src/protocol/types";
import { QuestionMain } from "../../src/screens/board/QuestionMain";
import { Ask } from "../../src/screens/teacher/ask/Ask";
import { LostByHand } from "../../src/screens/teacher/explain/LostByHand";
import { ClassSize } from "../../src/screens/teacher/lobby/ClassSize";
import { Signals } from "../../src/screens/teacher/signals/Signals";
import { entity, fakeLesson } from "../fakeLesson";
import { all, inEachLanguage, show } from "./screen";

afterEach(cleanup);

const pace: Pace = { phase: "live", stepId: "s", locked: false, joined: 0, aiOn: true, boardVariant: "kk-simple", classSize: 12 };
const question = (part: Partial<Question> = {}): Question => ({
  kind: "single",
  stepId: "s",
  text: all("Неге көк?"),
  options: [
    { id: "1", text: all("Шашырау"), correct: true },
    { id: "2", text: all("Теңіз"), correct: false },
  ],
  min: 0,
  max: 0,
  round: 1,
  status: "open",
  askedAt: "2026-09-01T09:00:00Z",
  ...part,
});
const counted = entity("tally", "q", {
  answered: 9,
  hands: [
    {
      round: 1,
      counts: [
        { key: "1", count: 7 },
        { key: "2", count: 2 },
      ],
    },
  ],
  rounds: [
    {
      round: 1,
      answered: 9,
      byHand: 9,
      counts: [
        { key: "1", count: 7, byHand: 7 },
        { key: "2", count: 2, byHand: 2 },
      ],
    },
  ],
});
const step = { hasPrompts: false };

test("without phones the hands stand open at the console, and taps that follow each other go as one", async () => {
  const lesson = fakeLesson([entity("pace", "", pace), entity("question", "q", question())]);
  show(lesson, <Ask stepId="s" step={step} />);
  for (let i = 0; i < 3; i++) fireEvent.click(screen.getByTestId("more-1"));
  fireEvent.click(screen.getByTestId("more-2"));
  fireEvent.click(screen.getByTestId("less-2"));
  assert.equal(screen.getByTestId<HTMLButtonElement>("less-2").disabled, true);
  await waitFor(() =>
    assert.deepEqual(lesson.sent, [{ name: "CountHands", fields: { questionId: "q", counts: [{ key: "1", count: 3 }] } }]),
  );
});

test("no more hands than the class has, and what was counted before is there to be changed", () => {
  show(
    fakeLesson([entity("pace", "", { ...pace, classSize: 7 }), entity("question", "q", question()), counted]),
    <Ask stepId="s" step={step} />,
  );
  assert.equal(screen.getByTestId("hands-1").textContent, "7");
  assert.equal(screen.getByTestId<HTMLButtonElement>("more-1").disabled, true);
});

test("with phones in the room counting is offered and not open; once shown it is over, and marked in each language", () => {
  inEachLanguage((language) => {
    const phones = [entity("pace", "", { ...pace, joined: 3 }), entity("seat", "a", { nickname: "Дана" })];
    show(fakeLesson([...phones, entity("question", "q", question())]), <Ask stepId="s" step={step} />, language);
    assert.equal(screen.queryByTestId("hand-count"), null);
    screen.getByText(teacher().ask.byHand);
    cleanup();
    show(
      fakeLesson([...phones, entity("question", "q", question({ status: "revealed" })), counted]),
      <Ask stepId="s" step={step} />,
      language,
    );
    assert.equal(screen.queryByTestId("by-hand-q"), null);
    assert.equal(screen.getByTestId("counted-by-hand").textContent, teacher().ask.countedByHand(9));
    cleanup();
  });
});

test("once the class has seen its counts nobody is counted after it, at the console or at the board", () => {
  const seen = question({ status: "counted" });
  show(fakeLesson([entity("pace", "", pace), entity("question", "q", seen), counted]), <Ask stepId="s" step={step} />);
  assert.equal(screen.queryByTestId("hand-count"), null);
  assert.equal(screen.queryByTestId("by-hand-q"), null);
  cleanup();
  show(fakeLesson([entity("pace", "", pace), counted]), <QuestionMain id="q" question={seen} joined={0} mayDraw />);
  assert.equal(screen.queryByTestId("count-hands"), null);
});

test("a word that was said is typed and counted", async () => {
  const lesson = fakeLesson([entity("pace", "", pace), entity("question", "q", question({ kind: "wordCloud", options: [] }))]);
  const page = show(lesson, <Ask stepId="s" step={step} />);
  const field = page.querySelector<HTMLInputElement>("[data-testid=hand-count] input") as HTMLInputElement;
  fireEvent.input(field, { target: { value: " су " } });
  fireEvent.submit(field.form as HTMLFormElement);
  fireEvent.click(screen.getByTestId("more-су"));
  await waitFor(() =>
    assert.deepEqual(lesson.sent, [{ name: "CountHands", fields: { questionId: "q", counts: [{ key: "су", count: 2 }] } }]),
  );
});

test("a board that draws counts too, one that looks does not; both say that hands were counted", async () => {
  const lesson = fakeLesson([entity("pace", "", pace), entity("question", "q", question())]);
  show(lesson, <QuestionMain id="q" question={question()} joined={0} mayDraw />);
  fireEvent.click(screen.getByTestId("count-hands"));
  fireEvent.click(screen.getByTestId("more-2"));
  fireEvent.click(screen.getByTestId("count-hands"));
  await waitFor(() =>
    assert.deepEqual(
      lesson.sent,
      [{ name: "CountHands", fields: { questionId: "q", counts: [{ key: "2", count: 1 }] } }],
      "what was tapped last is not lost when the panel closes",
    ),
  );
  cleanup();
  inEachLanguage((language) => {
    const page = show(
      fakeLesson([entity("pace", "", pace), counted]),
      <QuestionMain id="q" question={question({ status: "revealed" })} joined={0} />,
      language,
    );
    assert.equal(screen.queryByTestId("count-hands"), null);
    assert.ok(page.textContent?.includes(board().countedByHand(9)));
    assert.ok(page.textContent?.includes(board().answered(9, 12)), page.textContent ?? "");
    cleanup();
  });
});

test("a board goes on from what is stored, follows what is counted elsewhere, and shows it again after a refusal", async () => {
  const stored = (...hands: [string, number][]) =>
    entity("tally", "q", { answered: 9, hands: [{ round: 1, counts: hands.map(([key, count]) => ({ key, count })) }] });
  const lesson = fakeLesson([entity("pace", "", pace), entity("question", "q", question()), stored(["1", 4])]);
  show(lesson, <QuestionMain id="q" question={question()} joined={0} mayDraw />);
  fireEvent.click(screen.getByTestId("count-hands"));
  const shown = () => ["1", "2"].map((key) => screen.getByTestId(`hands-${key}`).textContent);
  assert.deepEqual(shown(), ["4", "0"]);
  lesson.store.patch(1, 2, [stored(["1", 4], ["2", 1])]);
  await waitFor(() => assert.deepEqual(shown(), ["4", "1"], "counted at the console meanwhile"));
  lesson.reply = { seq: 2, refusal: { code: "more-than-class" } };
  fireEvent.click(screen.getByTestId("more-2"));
  assert.deepEqual(shown(), ["4", "2"]);
  await waitFor(() =>
    assert.deepEqual(lesson.sent.at(-1)?.fields, {
      questionId: "q",
      counts: [
        { key: "1", count: 4 },
        { key: "2", count: 2 },
      ],
    }),
  );
  await waitFor(() => assert.deepEqual(shown(), ["4", "1"]));
});

test("who is lost is counted for the chosen sentence, else for the whole", async () => {
  const lesson = fakeLesson([entity("pace", "", pace)]);
  show(lesson, <LostByHand id="e" variant="kk-simple" sentence={1} />);
  fireEvent.click(screen.getByTestId("more-1"));
  await waitFor(() =>
    assert.deepEqual(lesson.sent, [{ name: "CountLost", fields: { explanationId: "e", count: 1, variant: "kk-simple", sentence: 1 } }]),
  );
  cleanup();
  const whole = fakeLesson([entity("pace", "", pace), entity("heat", "e", { spots: [], wholeByHand: 4 })]);
  show(whole, <LostByHand id="e" variant="kk-simple" sentence={undefined} />);
  fireEvent.click(screen.getByTestId("less-"));
  await waitFor(() => assert.deepEqual(whole.sent, [{ name: "CountLost", fields: { explanationId: "e", count: 3 } }]));
});

test("the size of the class is typed, what cannot be one is not sent", async () => {
  const lesson = fakeLesson();
  const { classSize: _, ...unknown } = pace;
  show(lesson, <ClassSize pace={unknown} />);
  const field = screen.getByTestId<HTMLInputElement>("class-size");
  for (const [typed, sent] of [
    ["0", 0],
    ["301", 0],
    ["2.5", 0],
    ["24", 1],
  ] as const) {
    fireEvent.input(field, { target: { value: typed } });
    fireEvent.blur(field);
    await waitFor(() => assert.equal(lesson.sent.length, sent));
  }
  assert.deepEqual(lesson.sent, [{ name: "SetClassSize", fields: { pupils: 24 } }]);
});

test("in a step without devices nobody is away and nobody has not answered", () => {
  const plan = (devices: boolean) =>
    entity("plan", "", {
      title: all("П"),
      subject: all("П"),
      className: "7",
      teacherName: "А",
      gradeFrom: 7,
      gradeTo: 7,
      minutes: 40,
      steps: [{ id: "s", kind: "unplugged", minutes: 5, devices, title: all("Қ") }],
    });
  const class3 = [
    entity("seat", "a", { nickname: "Дана" }),
    entity("seat", "b", { nickname: "Иван" }),
    entity("question", "q", question()),
  ];
  const cards = (devices: boolean) => {
    show(fakeLesson([plan(devices), ...class3], ["b"]), <Signals pace={{ ...pace, joined: 2 }} onTab={() => {}} />);
    const found = ["away", "unanswered"].map((key) => screen.queryByTestId(`card-${key}`) !== null);
    cleanup();
    return found;
  };
  assert.deepEqual(cards(true), [true, true]);
  assert.deepEqual(cards(false), [false, false]);
});
