import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { inTab } from "../../src/device/kept";
import { speak } from "../../src/i18n";
import { w as combined } from "../../src/i18n/combined";
import { w as rooms } from "../../src/i18n/rooms";
import { w } from "../../src/i18n/student";
import { w as teacher } from "../../src/i18n/teacher";
import type { Pace, Plan } from "../../src/protocol/types";
import { GroupPanel } from "../../src/screens/board/GroupPanel";
import { Join } from "../../src/screens/student/Join";
import { current, heldFor, recall, remember } from "../../src/screens/student/seats";
import { GroupsBar, GroupTabs } from "../../src/screens/teacher/combined/GroupsBar";
import { SecondGroup } from "../../src/screens/teacher/combined/SecondGroup";
import { NewLesson } from "../../src/screens/teacher/home/NewLesson";
import { entity, fakeLesson } from "../fakeLesson";
import { all, inEachLanguage, show } from "./screen";

const third = { className: "3 «А»", title: all("Көктем"), code: "K7PM4X" };
const fourth = { className: "4 «А»", title: all("Бөлшектер"), code: "Q2WE3R" };
/** What the server answers where two lessons are to be told of each other. */
let tells: (Response | Error)[] = [];
let bodies: { path: string; body: Record<string, unknown> }[] = [];

beforeEach(() => {
  speak("kk");
  localStorage.clear();
  inTab.set("ortaq.noticed", undefined);
  current.value = undefined;
  bodies = [];
  tells = [];
  mock.method(globalThis, "fetch", async (path: string, init: { body?: string }) => {
    if (path.startsWith("/api/nicknames")) return Response.json(["Барыс", "Тұлпар"]);
    if (path === "/api/session") return Response.json({ role: "anonymous" });
    const body = JSON.parse(init.body ?? "null");
    bodies.push({ path, body });
    if (path === "/api/classrooms/c/group") {
      const told = tells.shift() ?? new Response(null, { status: 204 });
      if (told instanceof Error) throw told;
      return told;
    }
    if (path === "/api/classrooms") return Response.json({ code: "already-combined" }, { status: 409 });
    if (path !== "/api/join/check") return Response.json({ ticket: "t", classroomId: "c4", studentId: "a", waiting: false });
    const own = body.code === third.code ? third : fourth;
    return Response.json({
      pass: `pass-${own.code}`,
      groups: own === third ? [third, fourth] : [fourth, third],
      ...(own === fourth ? { rooms: [{ number: 1 }, { number: 2, name: "204" }] } : {}),
    });
  });
});
afterEach(() => {
  cleanup();
  mock.restoreAll();
});

const enter = (): HTMLButtonElement => screen.getByRole("button", { name: w().join.enter }) as HTMLButtonElement;

test("a child with the code of one group picks the other, and comes into that one: by its code, its pass and its rooms", async () => {
  render(<Join code={third.code} />);
  fireEvent.click(await screen.findByText("Барыс"));
  await screen.findByTestId("groups");
  assert.equal(enter().disabled, true, "first of all the class");
  assert.equal(screen.queryByTestId("rooms"), null);
  fireEvent.click(screen.getByTestId(`group-${fourth.code}`));
  await screen.findByTestId("rooms");
  assert.deepEqual(
    screen.getAllByTestId(/^group-/).map((b) => b.getAttribute("aria-pressed")),
    ["false", "true"],
    "in the order in which they stood",
  );
  fireEvent.click(screen.getByTestId("room-2"));
  fireEvent.click(enter());
  await waitFor(() => assert.ok(current.value));
  const body = bodies.at(-1)?.body;
  assert.deepEqual([body?.code, body?.pass, body?.room], [fourth.code, `pass-${fourth.code}`, 2]);
});

test("who picks the group of the code, or comes back to it, goes on with that code", async () => {
  render(<Join code={third.code} />);
  fireEvent.click(await screen.findByText("Барыс"));
  fireEvent.click(await screen.findByTestId(`group-${fourth.code}`));
  await screen.findByTestId("rooms");
  fireEvent.click(screen.getByTestId(`group-${third.code}`));
  await waitFor(() => assert.equal(enter().disabled, false));
  assert.equal(screen.queryByTestId("rooms"), null, "they were the other group's");
  fireEvent.click(enter());
  await waitFor(() => assert.ok(current.value));
  assert.equal(bodies.at(-1)?.body.code, third.code);
  assert.equal(current.value?.door, undefined);
});

test("a seat of either group is found by the code that was typed, and by the group's own", async () => {
  remember({ classroomId: "c4", ticket: "t", studentId: "a", nickname: "Барыс", code: fourth.code, at: Date.now(), door: third.code });
  assert.equal(recall(third.code)?.studentId, "a", "the page of the first group's link is loaded again");
  assert.equal(recall(fourth.code)?.studentId, "a");
  assert.equal(recall("AAAAAA"), undefined);
  assert.deepEqual(
    heldFor([third.code, fourth.code]).map((s) => s.studentId),
    ["a"],
    "once, though both lead to it",
  );
  current.value = undefined;
  localStorage.clear();
  remember({ classroomId: "c4", ticket: "t", studentId: "b", nickname: "Тұлпар", code: fourth.code, at: Date.now() });
  current.value = undefined;
  render(<Join code={third.code} />);
  await screen.findByTestId("sit-b");
});

const plan = {
  className: third.className,
  title: all("Көктем"),
  steps: [{ id: "s1", minutes: 10, title: all("Бөлшек деген не?"), kind: "explain", devices: true }],
} as unknown as Plan;
const pace = { phase: "live", stepId: "s1", joined: 2, locked: false, aiOn: true, boardVariant: "kk-standard" } as Pace;
const base = [entity("plan", "", { ...plan, className: fourth.className, joinCode: fourth.code }), entity("pace", "", pace)];
const group = { className: fourth.className, title: fourth.title };

test("the console says in each language what is urgent in the other group, and no more than that", () => {
  const hand = { topic: "", since: "2026-09-01T08:00:00Z" };
  const other = fakeLesson([
    ...base,
    entity("hand", "a", hand),
    entity("hand", "b", { ...hand, claimedBy: "m" }),
    entity("entry", "c", { nickname: "Дана", at: "2026-09-01T08:00:00Z" } as never),
    entity("seat", "d", { nickname: "Ернар", requests: [{ deviceId: "x", code: "7" }] } as never),
  ]);
  inEachLanguage((language) => {
    show(fakeLesson(), <GroupTabs other={other} group={group} plan={plan} />, language);
    const tab = screen.getByTestId("other-group");
    assert.equal(tab.getAttribute("href"), "#c");
    for (const said of [fourth.className, rooms().hands(1), teacher().cards.door(1), teacher().cards.devices(1), "Бөлшек деген не?"])
      assert.ok(tab.textContent?.includes(said), said);
    assert.equal(screen.queryByTestId("other-danger"), null);
    assert.equal(screen.getByText(third.className).closest("[aria-current=page]") !== null, true);
    cleanup();
  });
  show(
    fakeLesson(),
    <GroupTabs
      other={fakeLesson([...base.slice(0, 1), entity("pace", "", { ...pace, phase: "ended" }), entity("hand", "a", hand)])}
      group={group}
      plan={plan}
    />,
  );
  assert.equal(screen.queryByTestId("other-hands"), null, "after the bell nobody waits");
  assert.equal(screen.getByTestId("second-group").getAttribute("href"), "#with=c", "another one may take its place");
});

test("a child in danger in the other group is said at once, whichever group is on the screen", () => {
  const other = fakeLesson([
    ...base,
    entity("incident", "i", { kind: "noticed", studentId: "a", at: "2026-09-01T08:00:00Z", ability: "work", stepId: "s1" } as never),
  ]);
  show(fakeLesson(), <GroupTabs other={other} group={group} plan={plan} />);
  assert.equal(screen.getByRole("alert").textContent, `${fourth.className}: ${teacher().tutor.alarm}`);
});

test("a lesson that has a group, a rehearsal and one that is over offer no second group", () => {
  const shown = (entities: Parameters<typeof fakeLesson>[0], of = plan) => {
    show(fakeLesson(entities), <SecondGroup plan={of} />);
    const is = screen.queryByTestId("second-group") !== null;
    cleanup();
    return is;
  };
  assert.equal(shown([entity("pace", "", pace)]), true);
  assert.equal(shown([entity("pace", "", pace), entity("group", "x", group)]), false);
  assert.equal(shown([entity("pace", "", pace)], { ...plan, rehearsal: true }), false);
  assert.equal(shown([entity("pace", "", { ...pace, phase: "ended" })]), false);
});

const bar = () => {
  const other = { ...fakeLesson(base), classroomId: "c4" };
  const lesson = fakeLesson([entity("pace", "", pace), entity("group", "c4", group)]);
  show(
    lesson,
    <>
      <GroupsBar plan={plan} enter={() => other} />
      <SecondGroup plan={plan} />
    </>,
  );
  return other;
};
const told = () => bodies.filter((b) => b.path.endsWith("/group")).map((b) => b.body.with);

test("where only one lesson was told of the other the console tells both, again and again while nobody answers", async () => {
  tells = [new Error("no line"), Response.json({}, { status: 503 })];
  const other = bar();
  await waitFor(() => assert.deepEqual(told(), ["c4", "c4", "c4"]));
  assert.equal(screen.queryByTestId("second-group"), null, "it may well be told in a moment");
  act(() => void other.store.patch(1, 2, [entity("group", "c", group)]));
  screen.getByTestId("groups-bar");
});

test("where the other lesson has another group by now, or is over, a second group may be opened again", async () => {
  for (const code of ["already-combined", "lesson-ended"]) {
    bodies = [];
    tells = [Response.json({ code }, { status: 409 })];
    const other = bar();
    await screen.findByTestId("second-group");
    assert.deepEqual([told(), screen.queryByTestId("groups-bar")], [["c4"], null]);
    act(() => void other.store.patch(1, 2, [entity("group", "c", group)]));
    assert.equal(screen.queryByTestId("second-group"), null, "it knows this one again");
    cleanup();
  }
});

test("the second group's form says which the first is, and the server is told beside which lesson it opens", async () => {
  const kit = {
    id: "k",
    version: "1",
    title: all("k"),
    lessons: [{ id: "l", title: all("l"), subject: all("s"), gradeFrom: 4, gradeTo: 4, minutes: 40, steps: [] }],
  };
  render(<NewLesson kits={[kit] as never} beside="c3" first={third.className} onCancel={() => {}} />);
  screen.getByText(combined().first(third.className));
  fireEvent.input(screen.getByTestId("class-name"), { target: { value: "4 «А»" } });
  await waitFor(() => assert.equal(screen.getByTestId<HTMLButtonElement>("open-classroom").disabled, false));
  fireEvent.click(screen.getByTestId("open-classroom"));
  await waitFor(() => assert.equal(bodies.at(-1)?.body.with, "c3"));
  await screen.findByRole("alert");
});

test("the panel of the other group says its step in its own language, what it works at, and is one button", () => {
  const texts = { kk: "Тақта мәтіні", ru: "Текст доски", en: "Board text" };
  const lesson = fakeLesson([
    base[0] as never,
    entity("pace", "", { ...pace, boardVariant: "ru-standard" }),
    entity("step", "s1", { board: texts, hasPrompts: false }),
  ]);
  let swapped = 0;
  show(lesson, <GroupPanel onSwap={() => swapped++} />);
  const panel = screen.getByTestId("group-panel");
  assert.ok(panel.textContent?.includes(texts.ru), "this group learns in Russian");
  assert.ok(!panel.textContent?.includes(texts.kk));
  fireEvent.click(screen.getByTestId("swap"));
  assert.equal(swapped, 1);
  cleanup();
  lesson.store.patch(1, 2, [
    entity("question", "q", {
      stepId: "s1",
      kind: "open",
      text: all("Неге?"),
      options: [],
      round: 1,
      status: "open",
      askedAt: "2026-09-01T08:00:00Z",
      min: 0,
      max: 0,
    }),
  ]);
  show(lesson, <GroupPanel onSwap={() => {}} />);
  assert.ok(screen.getByTestId("group-panel").textContent?.includes("Неге?"));
  cleanup();
  show(fakeLesson([base[0] as never, entity("pace", "", { ...pace, phase: "lobby" })]), <GroupPanel onSwap={() => {}} />);
  assert.ok(screen.getByTestId("group-panel").textContent?.includes("Q2W·E3R"), "before it begins, the way in");
});
