import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { act, cleanup, fireEvent, screen, waitFor } from "@testing-library/preact";
import { setServerNow } from "../../src/connection/clock";
import { t } from "../../src/i18n";
import { w } from "../../src/i18n/helper";
import type { Child, Helped } from "../../src/protocol/types";
import { Inside } from "../../src/screens/helper/HelperRoom";
import { entity, type FakeLesson, fakeLesson } from "../fakeLesson";
import { all, inEachLanguage, show } from "./screen";

// What the helper's page says to who listens to it, where the focus goes, what it asks of the phone.
afterEach(cleanup);

const since = "2026-09-01T08:00:00Z";
const after = (seconds: number): string => new Date(Date.parse(since) + seconds * 1000).toISOString();
const room: Helped = {
  room: 2,
  roomName: "204",
  isOneOfSeveral: true,
  name: "Әлия",
  teacherName: "Айгүл Маратқызы",
  className: "7Б",
  phase: "live",
  stepTitle: all("Бөлшек"),
  step: 2,
  steps: 5,
  stepMinutes: 10,
  stepStartedAt: since,
  boards: [],
};
const question = {
  id: "q",
  kind: "open",
  status: "open",
  round: 1,
  text: all("Неге $\\frac{1}{2}$ үлкен?"),
  options: [],
  min: 0,
  max: 0,
  mayCount: false,
  hands: [],
} as NonNullable<Helped["question"]>;
const people: [string, Child][] = [
  ["d", { nickname: "Дана", hand: { topic: "", since, by: "Әлия", mine: true } }],
  ["a", { nickname: "Арман", hand: { topic: "", since } }],
  ["w", { nickname: "Вера", waiting: true }],
  ["z", { nickname: "Зере", waiting: true }],
  ["n", { nickname: "Нұрлан", requests: [{ deviceId: "x", code: "42" }] }],
];
const open = (q?: Helped["question"]): FakeLesson =>
  fakeLesson([entity("helped", "", q ? { ...room, question: q } : room), ...people.map(([id, child]) => entity("child", id, child))]);
const gone = (lesson: FakeLesson, id: string, seq: number) =>
  act(() => void lesson.store.patch(seq - 1, seq, [{ k: "child", id, v: undefined } as never]));

test("a formula in the question is set, and no signs of TeX are read", async () => {
  const lesson = open(question);
  const page = show(lesson, <Inside lesson={lesson} ended={false} />);
  await waitFor(() => assert.ok(page.querySelector("math mfrac")));
  assert.ok(!page.textContent?.includes("frac"));
});

test("one line says in each language how many wait, anew each time that changes, and nothing where nobody does", () => {
  inEachLanguage((language) => {
    const lesson = open();
    show(lesson, <Inside lesson={lesson} ended={false} />, language);
    const news = screen.getByTestId("news");
    assert.deepEqual([news.getAttribute("role"), news.textContent], ["status", w().news(1, 3)]);
    gone(lesson, "w", 2);
    assert.equal(news.textContent, w().news(1, 2));
    cleanup();
    const calm = fakeLesson([entity("helped", "", room), entity("child", "d", { nickname: "Дана" })]);
    show(calm, <Inside lesson={calm} ended={false} />, language);
    assert.equal(screen.getByTestId("news").textContent, "");
    cleanup();
  });
});

test("after a child was let in or answered the focus is on the heading of what is left, and of who went on it is not taken", async () => {
  const lesson = open();
  show(lesson, <Inside lesson={lesson} ended={false} />);
  const press = (testid: string) => {
    screen.getByTestId(testid).focus();
    fireEvent.click(screen.getByTestId(testid));
  };
  press("admit-w");
  await waitFor(() => assert.equal(document.activeElement?.textContent?.includes(w().door), true));
  gone(lesson, "w", 2);
  press("answer-d");
  await waitFor(() => assert.equal(document.activeElement?.textContent?.includes(w().hands), true));
  press("approve-n");
  await waitFor(() => assert.equal(document.activeElement?.textContent?.includes(w().hands), true, "no other phone asks"));
  // The last one at the door: its card goes away.
  press("admit-z");
  await waitFor(() => assert.equal(document.activeElement?.id, "hands"));
  lesson.reply = { seq: 0, refusal: { code: "no-hand" } };
  const seen = lesson.sent.length;
  press("answer-d");
  screen.getByTestId("claim-a").focus();
  await waitFor(() => assert.equal(lesson.sent.length, seen + 1));
  assert.ok(document.activeElement === screen.getByTestId("claim-a"));
});

test("while the question has its time the page shows that one clock, in each language, and says when it is over", () => {
  inEachLanguage((language) => {
    setServerNow(after(17));
    const lesson = open({ ...question, endsAt: after(60) } as never);
    const page = show(lesson, <Inside lesson={lesson} ended={false} />, language);
    assert.deepEqual(
      [...page.querySelectorAll("[role=timer]")].map((e) => e.textContent),
      ["0:43"],
    );
    assert.ok(!page.textContent?.includes(t().minutesLeft(10)));
    act(() => setServerNow(after(60)));
    assert.ok(page.textContent?.includes(t().timeOver));
    cleanup();
    setServerNow(after(17));
    const plain = open(question);
    assert.ok(show(plain, <Inside lesson={plain} ended={false} />, language).textContent?.includes(t().minutesLeft(10)));
    cleanup();
  });
});

test("the phone is asked to stay awake while the page is open", async () => {
  let [held, released] = [0, 0];
  const wakeLock = {
    request: async () => {
      held++;
      return { released: false, release: async () => void released++ };
    },
  };
  Object.defineProperty(navigator, "wakeLock", { value: wakeLock, configurable: true });
  const lesson = open();
  show(lesson, <Inside lesson={lesson} ended={false} />);
  await waitFor(() => assert.equal(held, 1));
  cleanup();
  await waitFor(() => assert.equal(released, 1));
});
