import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { type Signal, signal } from "@preact/signals";
import { act, cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { setServerNow } from "../../src/connection/clock";
import { inTab } from "../../src/device/kept";
import { speak } from "../../src/i18n";
import type { enterLesson } from "../../src/lesson/lesson";
import type { EntityChange, Pace, Plan, Refusal } from "../../src/protocol/types";
import { BoardRoom } from "../../src/screens/board/BoardRoom";
import { GroupPanel } from "../../src/screens/board/GroupPanel";
import { entity, type FakeLesson, fakeLesson } from "../fakeLesson";
import { all, show } from "./screen";

// The board of a combined class: two lessons, of which one may end.
const own = "c3";
const other = "c4";
const board = { classroomId: own, ticket: "ticket-of-the-third" };
const pace: Pace = { phase: "live", stepId: "s1", joined: 2, locked: false, aiOn: true, boardVariant: "kk-standard" };
const view = (className: string, group?: string): EntityChange[] => [
  entity("plan", "", {
    className,
    title: all("Көктем"),
    steps: [{ id: "s1", minutes: 10, title: all("Қадам"), kind: "explain", devices: true }],
  } as unknown as Plan),
  entity("pace", "", pace),
  entity("step", "s1", { board: all(`Мәтін ${className}`), hasPrompts: false }),
  ...(group ? [entity("group", group, { className: "", title: all("") })] : []),
];

type Entered = FakeLesson & { closed: Signal<string | undefined>; refusal: Signal<Refusal | undefined>; left: boolean };
let entered: Entered[] = [];
let asked = 0;
let reply: () => Response;
/** What the hub shows of a lesson that is entered; of the first one once it has ended, nothing. */
let shows: (classroomId: string, again: boolean) => EntityChange[];

const enter: typeof enterLesson = (classroomId) => {
  const lesson: Entered = {
    ...fakeLesson(shows(classroomId, of(classroomId).length > 0)),
    classroomId,
    closed: signal(undefined),
    refusal: signal(undefined),
    left: false,
    leave: () => {
      lesson.left = true;
    },
  };
  entered.push(lesson);
  return lesson;
};
const of = (classroomId: string): Entered[] => entered.filter((l) => l.classroomId === classroomId);
const last = (classroomId: string): Entered => of(classroomId).at(-1) as Entered;

/** Lets replies come in and effects run. */
const settle = () =>
  act(async () => {
    for (let i = 0; i < 5; i++) await new Promise((done) => setImmediate(done));
  });

// Node's own mocked timers drop one where another that has run is cleared.
type Wait = { at: number; run: () => void };
let clock = 0;
const waits = new Set<Wait>();
const [later, forget] = [globalThis.setTimeout, globalThis.clearTimeout];
const pass = async (ms: number) => {
  clock += ms;
  await act(async () => {
    for (const wait of [...waits].filter((x) => x.at <= clock)) {
      waits.delete(wait);
      wait.run();
    }
  });
  await settle();
};

beforeEach(() => {
  speak("kk");
  localStorage.clear();
  inTab.set("ortaq.board.large", undefined);
  entered = [];
  asked = 0;
  shows = (id, again) => (id === other ? view("4 «А»", own) : again ? [] : view("3 «А»", other));
  reply = () => Response.json({ ticket: `ticket-of-the-fourth-${asked}`, classroomId: other });
  waits.clear();
  const wait = (run: () => void, ms = 0) => {
    if (ms < 1000) return later(run, ms);
    const one = { at: clock + ms, run };
    waits.add(one);
    return one;
  };
  mock.method(globalThis, "setTimeout", wait as never);
  mock.method(globalThis, "clearTimeout", ((one: Wait) => waits.delete(one) || forget(one as never)) as never);
  mock.method(globalThis, "fetch", async (path: string) => {
    if (path !== "/api/board/group") return Response.json({});
    asked++;
    return reply();
  });
});
afterEach(() => {
  cleanup();
  mock.restoreAll();
});

const large = (): string => document.querySelector(".boards > .board")?.textContent ?? "";

test("where one group has ended the board shows the other one, and stays with it each time it looks whether the first was opened again", async () => {
  render(<BoardRoom board={board} enter={enter} />);
  await settle();
  assert.ok(large().includes("Мәтін 3 «А»"));
  screen.getByTestId("group-panel");
  await act(async () => {
    last(own).closed.value = "lesson-ended";
  });
  await settle();
  assert.ok(large().includes("Мәтін 4 «А»"));
  for (let look = 2; look < 5; look++) {
    await pass(20_000);
    assert.equal(of(own).length, look);
    assert.ok(large().includes("Мәтін 4 «А»"), "while nothing is known yet");
    await act(async () => {
      last(own).refusal.value = { code: "lesson-ended" };
    });
    await settle();
    assert.ok(large().includes("Мәтін 4 «А»"));
  }
  assert.deepEqual([asked, of(other).length, last(other).left], [1, 1, false], "the other one goes on as it was");
  shows = (id) => view(id, id === own ? other : own);
  await pass(20_000);
  assert.ok(large().includes(`Мәтін ${own}`), "it was opened again");
  screen.getByTestId("group-panel");
});

test("a board that is taken away in one lesson leaves the other one too", async () => {
  render(<BoardRoom board={board} enter={enter} />);
  await settle();
  assert.equal(last(other).left, false);
  await act(async () => {
    last(own).closed.value = "board-unpaired";
  });
  await settle();
  assert.equal(last(other).left, true);
  assert.equal(screen.queryByTestId("group-panel"), null);
});

test("a press that swaps the groups leaves the focus on the press that swaps them back", async () => {
  render(<BoardRoom board={board} enter={enter} />);
  await settle();
  const before = screen.getByTestId("swap");
  fireEvent.click(before);
  await settle();
  assert.ok(large().includes("Мәтін 4 «А»"));
  assert.notEqual(screen.getByTestId("swap"), before);
  assert.ok(document.activeElement === screen.getByTestId("swap"));
});

test("the panel has the one clock that its group has when it is large: the question's, the discussion's, else the step's", async () => {
  const at = "2026-09-01T09:00:00Z";
  const after = (seconds: number) => new Date(Date.parse(at) + seconds * 1000).toISOString();
  const question = { stepId: "s1", kind: "open", text: all("Неге?"), options: [], round: 1, status: "open", askedAt: at, min: 0, max: 0 };
  const prompt = {
    stepId: "s1",
    pickedAt: after(-60),
    prompt: { id: "p", question: all("Қай ағаш?"), make: all(""), materials: all(""), minutes: 5, roles: [], sharing: [] },
    provenance: { provider: "prepared", model: "kit", template: "x", tokens: 0, milliseconds: 0, cached: false },
  };
  const timed = entity("question", "q", { ...question, endsAt: after(17 + 50) } as never);
  const talk = entity("prompt", "s1", prompt as never);
  for (const [more, shown] of [
    [[], "9:43"],
    [[entity("question", "q", question as never)], "9:43"],
    [[timed], "0:50"],
    [[talk], "3:43"],
    [[timed, talk], "0:50"],
  ] as const) {
    const lesson = fakeLesson([...view("4 «А»"), entity("pace", "", { ...pace, stepStartedAt: at }), ...more]);
    setServerNow(after(17));
    show(lesson, <GroupPanel onSwap={() => {}} />);
    assert.deepEqual(
      screen.getAllByRole("timer").map((e) => e.textContent),
      [shown],
    );
    cleanup();
  }
});

test("where the other lesson has another group by now, the board asks some times and then no more, until it is told of a new one", async () => {
  reply = () => Response.json({ code: "not-combined" }, { status: 409 });
  render(<BoardRoom board={board} enter={enter} />);
  await settle();
  for (let i = 0; i < 20; i++) await pass(20_000);
  assert.equal(asked, 9);
  reply = () => Response.json({ ticket: "ticket-of-the-fifth", classroomId: other });
  await act(async () => {
    last(own).store.patch(1, 2, [entity("group", "c5", { className: "", title: all("") }), { k: "group", id: other, v: null } as never]);
  });
  await settle();
  assert.equal(asked, 10);
  screen.getByTestId("group-panel");
});
