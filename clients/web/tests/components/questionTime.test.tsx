import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import { act, cleanup, fireEvent, screen, waitFor } from "@testing-library/preact";
import { serverNow, setServerNow, tick } from "../../src/connection/clock";
import { t } from "../../src/i18n";
import { w as board } from "../../src/i18n/board";
import { w as student } from "../../src/i18n/student";
import { w as teacher } from "../../src/i18n/teacher";
import type { EntityChange, Pace, Plan, Prompt, Question } from "../../src/protocol/types";
import { BoardHeader } from "../../src/screens/board/BoardHeader";
import { isTimed, Live, sceneOf } from "../../src/screens/board/Live";
import { StepView } from "../../src/screens/student/StepView";
import { Ask } from "../../src/screens/teacher/ask/Ask";
import { Signals } from "../../src/screens/teacher/signals/Signals";
import { entity, type FakeLesson, fakeLesson } from "../fakeLesson";
import { all, inEachLanguage, show } from "./screen";

mock.timers.enable({ apis: ["Date"] });
afterEach(cleanup);

const at = "2026-09-01T09:00:00Z";
const after = (seconds: number): string => new Date(Date.parse(at) + seconds * 1000).toISOString();
/** So many seconds have gone since the question was asked: the server's clock stands there, however long a test takes. */
const now = (seconds: number): void => setServerNow(after(seconds));

const asked = (part: Partial<Question> = {}): Question => ({
  stepId: "s",
  kind: "single",
  text: all("Неге көк?"),
  options: [
    { id: "1", text: all("Шашырау"), correct: true },
    { id: "2", text: all("Теңіз"), correct: false },
  ],
  min: 0,
  max: 0,
  round: 1,
  status: "open",
  askedAt: at,
  ...part,
});
const pace: Pace = {
  phase: "live",
  stepId: "s",
  stepStartedAt: at,
  locked: false,
  joined: 2,
  aiOn: true,
  boardVariant: "kk-simple",
};
const head = { id: "s", kind: "ask" as const, minutes: 10, devices: true, title: all("Сұрақ") };
const plan = { title: all("Сабақ"), className: "7Б", steps: [head] } as unknown as Plan;
const prompt = {
  stepId: "s",
  pickedAt: after(-60),
  prompt: { id: "p", question: all("Қай ағаш?"), make: all("Жоба"), materials: all(""), minutes: 10, roles: [], sharing: [] },
  provenance: { provider: "prepared", model: "kit", template: "x", tokens: 0, milliseconds: 0, cached: false },
} as unknown as Prompt;
const lessonWith = (q: Question, ...more: EntityChange[]): FakeLesson =>
  fakeLesson(
    [
      entity("pace", "", pace),
      entity("plan", "", plan),
      entity("step", "s", {} as never),
      entity("question", "q", q),
      entity("me", "", { studentId: "a", nickname: "Дана" } as never),
      ...more,
    ],
    ["a"],
  );

const console_ = <Ask stepId="s" step={{} as never} />;
const phone = <StepView pace={pace} />;
const onBoard = (lesson: FakeLesson, mayDraw = false) => {
  const scene = sceneOf(lesson, "s");
  return (
    <>
      <BoardHeader pace={pace} isTimed={isTimed(scene)} mayDraw={mayDraw} />
      <Live pace={pace} scene={scene} mayDraw={mayDraw} />
    </>
  );
};
const timers = (page: HTMLElement) => [...page.querySelectorAll("[role=timer]")].map((e) => e.textContent);

test("the console gives a question its time by one press, in each language", async () => {
  for (const language of ["kk", "ru", "en"] as const) {
    const lesson = lessonWith(asked());
    show(lesson, console_, language);
    screen.getByRole("group", { name: teacher().ask.time });
    assert.deepEqual(
      [30, 60, 120, 180].map((s) => screen.getByTestId(`time-q-${s}`).textContent),
      [teacher().ask.seconds(30), t().minutes(1), t().minutes(2), t().minutes(3)],
    );
    fireEvent.click(screen.getByTestId("time-q-120"));
    await waitFor(() => assert.deepEqual(lesson.sent, [{ name: "TimeQuestion", fields: { questionId: "q", seconds: 120 } }]));
    cleanup();
  }
});

test("the console shows the time that runs, and a press adds a minute", async () => {
  now(17);
  const lesson = lessonWith(asked({ endsAt: after(60) }));
  const page = show(lesson, console_);
  assert.deepEqual(timers(page), ["0:43"]);
  assert.equal(screen.queryByTestId("time-q-60"), null);
  fireEvent.click(screen.getByTestId("add-time-q"));
  await waitFor(() => assert.deepEqual(lesson.sent, [{ name: "TimeQuestion", fields: { questionId: "q", seconds: 60 } }]));
});

test("when the time is over the console says so in each language, and to close is what it offers, where it stood; nothing is closed by itself", () => {
  inEachLanguage((language) => {
    now(59);
    const lesson = lessonWith(asked({ endsAt: after(60) }), entity("seat", "a", { nickname: "Дана" } as never));
    const page = show(lesson, console_, language);
    const buttons = () =>
      [...page.querySelectorAll<HTMLButtonElement>(".question > .row.wrap:last-child button")].map((b) => b.dataset.testid);
    const cardsClose = () => screen.getByTestId("card-close-question");
    assert.deepEqual(buttons(), ["show-counts", "close-q"]);
    assert.match(screen.getByTestId("close-q").className, /quiet/);
    act(() => {
      now(60);
    });
    assert.deepEqual(buttons(), ["show-counts", "close-q"], "none moves under the finger");
    assert.doesNotMatch(screen.getByTestId("close-q").className, /quiet|line/);
    assert.match(screen.getByTestId("show-counts").className, /line/);
    screen.getByText(t().timeOver);
    screen.getByTestId("add-time-q");
    assert.deepEqual(lesson.sent, []);
    cleanup();
    // The card at the right says the same.
    show(lesson, <Signals pace={pace} onTab={() => {}} />, language);
    assert.doesNotMatch(cardsClose().className, /quiet/);
    cleanup();
  });
});

test("while the class thinks, a time that is over asks for the options and not for the end", () => {
  now(60);
  const page = show(lessonWith(asked({ endsAt: after(60), stemOnly: true })), console_);
  const first = page.querySelector(".question > .row.wrap:last-child button") as HTMLButtonElement;
  assert.equal(first.dataset.testid, "show-options-q");
});

test("a question that is closed has no clock and no choices", () => {
  const page = show(lessonWith(asked({ status: "closed" })), console_);
  assert.equal(screen.queryByTestId("question-time-q"), null);
  assert.deepEqual(timers(page), []);
});

test("a board has one clock: the step's, and while the question has its own only that", () => {
  now(17);
  const without = lessonWith(asked());
  assert.deepEqual(timers(show(without, onBoard(without))), ["9:43"]);
  cleanup();
  for (const more of [[], [entity("prompt", "s", prompt)]]) {
    const timed = lessonWith(asked({ endsAt: after(60) }), ...more);
    assert.deepEqual(timers(show(timed, onBoard(timed))), ["0:43"]);
    cleanup();
  }
  // The discussion's, where only that runs.
  const talked = lessonWith(asked(), entity("prompt", "s", prompt));
  assert.deepEqual(timers(show(talked, onBoard(talked))), ["8:43"]);
});

test("a board says in each language that the time is over, and still has no second clock", () => {
  inEachLanguage((language) => {
    now(60);
    const lesson = lessonWith(asked({ endsAt: after(60) }));
    const page = show(lesson, onBoard(lesson), language);
    assert.equal(screen.getByTestId("question-clock").textContent, t().timeOver);
    assert.deepEqual(timers(page), []);
    cleanup();
  });
});

test("a board that may draw gives the time and adds to it; another one only shows it", async () => {
  now(17);
  for (const [q, word] of [
    [asked(), () => board().giveMinute],
    [asked({ endsAt: after(60) }), () => board().addMinute],
  ] as const) {
    const lesson = lessonWith(q);
    show(lesson, onBoard(lesson, true));
    assert.equal(screen.getByTestId("time-question").textContent, word());
    fireEvent.click(screen.getByTestId("time-question"));
    await waitFor(() => assert.deepEqual(lesson.sent, [{ name: "TimeQuestion", fields: { questionId: "q", seconds: 60 } }]));
    cleanup();
    show(lesson, onBoard(lesson));
    assert.equal(screen.queryByTestId("time-question"), null);
    cleanup();
  }
});

/** What a child answers with comes after the page. */
async function questionHasCome(): Promise<void> {
  now(17);
  show(lessonWith(asked({ endsAt: after(60) })), phone, "kk");
  await screen.findByTestId("question-clock");
  cleanup();
}

test("a phone shows the time in each language, and no other beside it", async () => {
  await questionHasCome();
  inEachLanguage((language) => {
    now(17);
    const page = show(lessonWith(asked({ endsAt: after(60) })), phone, language);
    assert.equal(screen.getByTestId("question-clock").textContent, `${student().question.timeLeft}: 0:43`);
    assert.ok(!page.textContent?.includes(t().minutesLeft(10)));
    cleanup();
    assert.ok(show(lessonWith(asked()), phone, language).textContent?.includes(t().minutesLeft(10)));
    cleanup();
  });
});

test("a phone reads out the end alone, once, and a child can still answer", async () => {
  await questionHasCome();
  inEachLanguage((language) => {
    now(17);
    const page = show(lessonWith(asked({ endsAt: after(60) })), phone, language);
    const status = screen.getByRole("status");
    assert.equal(status.textContent, "");
    // Nothing is said of the last seconds, and the clock itself is not read.
    act(() => now(54));
    assert.deepEqual([status.textContent, timers(page)[0]], ["", "0:06"]);
    act(() => now(60));
    assert.equal(status.textContent, student().question.timeOver);
    act(() => {
      tick.value = serverNow() + 1000;
    });
    assert.equal(screen.getByRole("status"), status);
    assert.ok(page.querySelector("form .pick"));
    cleanup();
    now(60);
    show(lessonWith(asked({ endsAt: after(60), stemOnly: true })), phone, language);
    assert.equal(screen.getByRole("status").textContent, student().question.thinkingOver);
    cleanup();
  });
});
