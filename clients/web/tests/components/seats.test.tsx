import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { serverNow } from "../../src/connection/clock";
import { languages, speak } from "../../src/i18n";
import { w } from "../../src/i18n/teacher";
import { LessonContext } from "../../src/lesson/context";
import { nameOf } from "../../src/lesson/seats";
import { SeatPicks } from "../../src/screens/student/SeatPicks";
import {
  addStudent,
  ask,
  asking,
  current,
  forget,
  type HeldSeat,
  heldFor,
  joining,
  recall,
  recallAsking,
  remember,
} from "../../src/screens/student/seats";
import { Entrance } from "../../src/screens/teacher/parts/Entrance";
import { Roster } from "../../src/screens/teacher/roster/Roster";
import { devices } from "../../src/screens/teacher/signals/devices";
import { door } from "../../src/screens/teacher/signals/door";
import { entity, type FakeLesson, fakeLesson } from "../fakeLesson";
import "./screen";

const seat = (name: string, over: Partial<HeldSeat> = {}): HeldSeat => ({
  classroomId: "c",
  ticket: `t-${name}`,
  studentId: name,
  nickname: name,
  code: "K7PM4X",
  at: Date.now(),
  ...over,
});
const pace = {
  phase: "lobby" as const,
  locked: false,
  joined: 2,
  aiOn: true,
  boardVariant: "kk-standard" as const,
};

beforeEach(() => {
  speak("kk");
  localStorage.clear();
  sessionStorage.clear();
  current.value = asking.value = undefined;
  joining.value = undefined;
});
afterEach(cleanup);

test("a phone holds several seats of a lesson, comes back to the last, and changes with a press", () => {
  remember(seat("Барыс"));
  remember(seat("Дана"));
  remember(seat("Бөтен", { classroomId: "d", code: "ABCDEF" }));
  assert.deepEqual(
    heldFor("K7PM4X")
      .map((h) => h.nickname)
      .sort(),
    ["Барыс", "Дана"],
  );
  assert.equal(recall(undefined)?.nickname, "Бөтен");
  render(<SeatPicks code="K7PM4X" />);
  fireEvent.click(screen.getByText("Барыс"));
  assert.equal(current.value?.nickname, "Барыс");
  assert.equal(recall("K7PM4X")?.nickname, "Барыс");
});

test("what waits for the teacher takes no held seat's place, whatever becomes of it", () => {
  remember(seat("Барыс"));
  ask(seat("Дана"));
  assert.equal(recall("K7PM4X")?.nickname, "Барыс");
  assert.equal(recallAsking("K7PM4X")?.nickname, "Дана", "a reload goes on waiting");
  assert.equal(recallAsking("ABCDEF"), undefined);
  ask(undefined);
  assert.equal(recallAsking("K7PM4X"), undefined);
  assert.deepEqual(
    heldFor("K7PM4X").map((h) => h.nickname),
    ["Барыс"],
  );
  remember(seat("Дана"));
  assert.equal(asking.value, undefined);
});

test("another student is added without losing a seat, and a seat that ended is forgotten alone", () => {
  remember(seat("Барыс"));
  addStudent("K7PM4X");
  assert.deepEqual([current.value, joining.value], [undefined, "K7PM4X"]);
  remember(seat("Дана"));
  assert.equal(joining.value, undefined);
  forget(seat("Дана"));
  assert.deepEqual(
    heldFor("K7PM4X").map((h) => h.nickname),
    ["Барыс"],
  );
});

test("a seat kept by yesterday's page is found and forgotten like any other", () => {
  localStorage.setItem("ortaq.seat/c", JSON.stringify(seat("Барыс")));
  localStorage.setItem("ortaq.seat", "c");
  assert.equal(recall(undefined)?.nickname, "Барыс");
  assert.equal(recall("K7PM4X")?.nickname, "Барыс");
  forget(seat("Барыс"));
  assert.equal(recall("K7PM4X"), undefined);
});

const shown = (lesson: FakeLesson, card: { card: unknown } | undefined) =>
  render(<LessonContext.Provider value={lesson}>{card?.card as never}</LessonContext.Provider>);

test("each request stands with its number, and the teacher answers that one", async () => {
  for (const language of languages) {
    speak(language);
    const lesson = fakeLesson([
      entity("seat", "a", {
        nickname: "Дана",
        requests: [
          { deviceId: "d1", code: "47" },
          { deviceId: "d2", code: "83" },
        ],
      }),
    ]);
    shown(lesson, devices(lesson, pace));
    screen.getByText(w().cards.deviceHow);
    screen.getByText("47");
    fireEvent.click(screen.getByTestId("approve-device-83"));
    fireEvent.click(screen.getByTestId("refuse-device-47"));
    await waitFor(() =>
      assert.deepEqual(lesson.sent, [
        { name: "ApproveDevice", fields: { studentId: "a", deviceId: "d2" } },
        { name: "RefuseDevice", fields: { studentId: "a", deviceId: "d1" } },
      ]),
    );
    cleanup();
  }
});

test("those at the door are let in one by one, or all that are on the screen", async () => {
  const lesson = fakeLesson([
    entity("entry", "b", { nickname: "Екі", language: "ru", at: "2026-11-26T08:00:02Z" }),
    entity("entry", "a", { nickname: "Бір", language: "kk", at: "2026-11-26T08:00:01Z" }),
  ]);
  shown(lesson, door(lesson, pace));
  fireEvent.click(screen.getByTestId("admit-b"));
  fireEvent.click(screen.getByTestId("admit-all"));
  fireEvent.click(screen.getByTestId("turn-away-a"));
  await waitFor(() =>
    assert.deepEqual(lesson.sent, [
      { name: "Admit", fields: { studentIds: ["b"] } },
      { name: "Admit", fields: { studentIds: ["a", "b"] } },
      { name: "TurnAway", fields: { studentIds: ["a"] } },
    ]),
  );
  assert.equal(door(lesson, { ...pace, phase: "ended" }), undefined);
  assert.equal(door(fakeLesson(), pace), undefined);
});

test("the switch beside the code says how it stands, and turns it", async () => {
  for (const language of languages) {
    speak(language);
    const lesson = fakeLesson([entity("entrance", "", { asks: false, barred: 0 })]);
    shown(lesson, { card: <Entrance /> });
    const turn = screen.getByRole("switch", { name: w().lobby.entrance });
    assert.equal(turn.getAttribute("aria-checked"), "false");
    fireEvent.click(turn);
    await waitFor(() => assert.deepEqual(lesson.sent, [{ name: "SetEntrance", fields: { asks: true } }]));
    cleanup();
  }
});

test("a removal may bar the device and take all that came from it; bars are lifted from the roster", async () => {
  const lesson = fakeLesson([
    entity("seat", "a", { nickname: "Бір", device: "11" }),
    entity("seat", "b", { nickname: "Екі", device: "11" }),
    entity("seat", "c", { nickname: "Үш" }),
    entity("entrance", "", { asks: false, barred: 1 }),
  ]);
  shown(lesson, { card: <Roster pace={pace} /> });
  fireEvent.click(screen.getByTestId("lift-bars"));
  fireEvent.click(screen.getByTestId("remove-c"));
  assert.equal(screen.queryByTestId("bar"), null, "there is nothing to bar");
  assert.equal(screen.queryByTestId("remove-device"), null);
  fireEvent.click(screen.getByTestId("remove-c-yes"));
  fireEvent.click(screen.getByTestId("remove-a"));
  fireEvent.click(screen.getByTestId("bar"));
  fireEvent.click(screen.getByTestId("remove-device"));
  await waitFor(() =>
    assert.deepEqual(lesson.sent, [
      { name: "LiftBars", fields: {} },
      { name: "RemoveStudent", fields: { studentId: "c", bar: false } },
      { name: "RemoveDevice", fields: { studentId: "a", bar: true } },
    ]),
  );
});

test("what is kept about a student is handed out, or erased with why; who was erased is said without a name", async () => {
  for (const language of languages) {
    speak(language);
    const lesson = fakeLesson([
      entity("seat", "a", { nickname: "Бір" }),
      entity("forgotten", "z", { reason: "family", by: "Айгүл", at: "2026-11-26T08:00:00Z" }),
    ]);
    shown(lesson, { card: <Roster pace={pace} /> });
    const said = screen.getByTestId("forgotten").textContent ?? "";
    assert.ok(said.includes(w().students.reasons.family) && said.includes("Айгүл"), said);
    fireEvent.click(screen.getByTestId("forget-a"));
    assert.ok(screen.getByTestId("student-export").getAttribute("href")?.endsWith("/students/a/export"));
    assert.ok(screen.getByRole("dialog").textContent?.includes(w().students.forgetHint));
    fireEvent.click(screen.getByTestId("forget-mistake"));
    assert.ok(screen.getByRole("dialog").textContent?.includes("Бір"), "whose it is, once more");
    assert.deepEqual(lesson.sent, [], "one press erases nothing");
    fireEvent.click(screen.getByTestId("forget-mistake-yes"));
    await waitFor(() => assert.deepEqual(lesson.sent, [{ name: "ForgetStudent", fields: { studentId: "a", reason: "mistake" } }]));
    cleanup();
  }
});

test("who was removed is folded away with a way to hand out and to erase, also after the end", async () => {
  for (const language of languages) {
    speak(language);
    const lesson = fakeLesson([entity("seat", "a", { nickname: "Бір" }), entity("removed", "b", { nickname: "Екі" })]);
    shown(lesson, { card: <Roster pace={{ ...pace, phase: "ended" }} /> });
    const removed = screen.getByTestId("removed");
    assert.equal(removed.hasAttribute("open"), false);
    assert.equal(removed.querySelector("summary")?.textContent, w().students.removed(1));
    assert.ok(!screen.getByTestId("removed-b").textContent?.includes("Бір"));
    fireEvent.click(screen.getByTestId("forget-b"));
    assert.ok(screen.getByTestId("student-export").getAttribute("href")?.endsWith("/students/b/export"));
    fireEvent.click(screen.getByTestId("forget-family"));
    fireEvent.click(screen.getByTestId("forget-family-yes"));
    await waitFor(() => assert.deepEqual(lesson.sent, [{ name: "ForgetStudent", fields: { studentId: "b", reason: "family" } }]));
    assert.equal(nameOf(lesson, "b"), "Екі", "beside what was written there stands a name");
    cleanup();
  }
});

test("a crowd that has just come in is said and removed together, and who comes next waits; who came before is not of it", async () => {
  for (const language of languages) {
    speak(language);
    const now = serverNow();
    const came = (i: number, ago: number) => entity("seat", `s${i}`, { nickname: `Бот ${i}`, joinedAt: new Date(now - ago).toISOString() });
    const early = came(99, 60 * 60_000);
    const few = fakeLesson([
      early,
      ...Array.from({ length: 9 }, (_, i) => came(i, 1000)),
      entity("entrance", "", { asks: false, barred: 0 }),
    ]);
    shown(few, { card: <Roster pace={pace} /> });
    assert.equal(screen.queryByTestId("crowd"), null);
    cleanup();
    const lesson = fakeLesson([
      early,
      ...Array.from({ length: 12 }, (_, i) => came(i, 1000)),
      entity("entrance", "", { asks: false, barred: 0 }),
    ]);
    shown(lesson, { card: <Roster pace={pace} /> });
    assert.equal(screen.getByTestId("crowd").textContent, w().students.crowd(12, 5));
    fireEvent.click(screen.getByTestId("crowd-out"));
    screen.getByText(w().students.crowdHow);
    assert.equal(lesson.sent.length, 0, "it is asked first");
    fireEvent.click(screen.getByTestId("crowd-out-yes"));
    await waitFor(() => assert.equal(lesson.sent.length, 2));
    const [door, out] = lesson.sent;
    assert.deepEqual(door, { name: "SetEntrance", fields: { asks: true } });
    assert.ok(out);
    const { studentIds } = out.fields as { studentIds: string[] };
    assert.deepEqual([out.name, [...studentIds].sort()], ["RemoveStudents", Array.from({ length: 12 }, (_, i) => `s${i}`).sort()]);
    cleanup();
  }
});

test("where a device is shut out, all who came from it go, and the button says so", () => {
  const lesson = fakeLesson([
    entity("seat", "a", { nickname: "Бір", device: "11" }),
    entity("seat", "b", { nickname: "Екі", device: "11" }),
  ]);
  shown(lesson, { card: <Roster pace={pace} /> });
  fireEvent.click(screen.getByTestId("remove-a"));
  screen.getByTestId("remove-a-yes");
  fireEvent.click(screen.getByTestId("bar"));
  assert.equal(screen.queryByTestId("remove-a-yes"), null);
  screen.getByText(w().students.removeAll(2));
});
