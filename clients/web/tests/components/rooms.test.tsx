import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/preact";
import { say } from "../../src/i18n";
import { w } from "../../src/i18n/rooms";
import { joinLink, roomOfLink } from "../../src/lesson/joinLink";
import { lostInAll, roomsOf } from "../../src/lesson/rooms";
import type { Pace, Seat } from "../../src/protocol/types";
import { RoomLost } from "../../src/screens/board/RoomCounts";
import { Teams } from "../../src/screens/teacher/discuss/Teams";
import { Rooms } from "../../src/screens/teacher/rooms/Rooms";
import { RoomsBar } from "../../src/screens/teacher/rooms/RoomsBar";
import { Roster } from "../../src/screens/teacher/roster/Roster";
import { entity, fakeLesson } from "../fakeLesson";
import { all, inEachLanguage, show } from "./screen";

afterEach(cleanup);

const pace = { phase: "live", stepId: "s1", joined: 4, locked: false, aiOn: true, boardVariant: "kk-standard" } as Pace;
const seat = (nickname: string, room?: number, team?: number): Seat => ({ nickname, ...(room ? { room } : {}), ...(team ? { team } : {}) });
const seats = [
  entity("seat", "a", seat("Айдар")),
  entity("seat", "b", seat("Барыс", 2)),
  entity("seat", "c", seat("Ботакөз", 2)),
  entity("seat", "d", seat("Дана", 2)),
];
const rooms = [entity("room", "2", { name: "204", joined: 3, lost: 1 }), entity("room", "1", { joined: 1 })];

test("a link says the room, and nothing that could not be one is taken for it", () => {
  assert.equal(joinLink("https://ortaq.kz", "K7PM4X", 2), "https://ortaq.kz/j/K7PM4X?room=2");
  assert.equal(joinLink("https://ortaq.kz", "K7PM4X"), "https://ortaq.kz/j/K7PM4X");
  assert.equal(roomOfLink("?room=2"), 2);
  for (const bad of ["", "?room=", "?room=0", "?room=-1", "?room=2.5", "?room=ab", "?room=99999", "?rooms=2"]) {
    assert.equal(roomOfLink(bad), undefined, bad);
  }
});

test("a lesson in one room shows nothing of rooms at the console but the place to add one", () => {
  const lesson = fakeLesson(seats.slice(0, 1), ["a"]);
  assert.equal(show(lesson, <RoomsBar pace={pace} />).textContent, "");
  cleanup();
  show(lesson, <Roster pace={pace} />);
  assert.equal(screen.queryByTestId("room-of-a"), null);
  cleanup();
  show(lesson, <RoomLost />);
  assert.equal(screen.queryByTestId("room-lost"), null);
});

test("each room's line says in each language who is in, whose hand is up, who answered, who is lost and who has not handed in", () => {
  const lesson = fakeLesson(
    [
      ...seats,
      ...rooms,
      entity("hand", "b", { topic: "", since: "2026-09-01T08:00:00Z" }),
      entity("question", "q", {
        stepId: "s1",
        kind: "open",
        text: all("?"),
        options: [],
        round: 2,
        status: "open",
        askedAt: "2026-09-01T08:00:00Z",
        min: 0,
        max: 0,
      }),
      entity("answer", "q/1/c", { questionId: "q", round: 1, studentId: "c", options: [], at: "2026-09-01T08:00:00Z" }),
      entity("answer", "q/2/b", { questionId: "q", round: 2, studentId: "b", options: [], at: "2026-09-01T08:00:00Z" }),
      entity("answer", "q/2/a", { questionId: "q", round: 2, studentId: "a", options: [], at: "2026-09-01T08:00:00Z" }),
      entity("step", "s1", { hasPrompts: false, task: { title: all("t"), text: all("t"), aiPolicy: "none", minWords: 3 } as never }),
      entity("work", "c/s1", {
        studentId: "c",
        stepId: "s1",
        version: 1,
        status: "handedIn",
        savedAt: "2026-09-01T08:00:00Z",
        words: 3,
      } as never),
    ],
    ["a", "b"],
  );
  inEachLanguage((language) => {
    show(lesson, <RoomsBar pace={pace} />, language);
    const far = screen.getByTestId("room-news-2").textContent ?? "";
    for (const said of ["204", w().joined(3, 1), w().hands(1), w().answered(1, 3), w().lost(1, 3), w().notHandedIn(2)])
      assert.ok(far.includes(said), said);
    const hub = screen.getByTestId("room-news-1").textContent ?? "";
    assert.ok(hub.startsWith(w().hub));
    assert.ok(hub.includes(w().answered(1, 1)));
    cleanup();
  });
});

test("the teacher adds, renames and closes a room, and moves a student; a refusal keeps what was typed", async () => {
  const lesson = fakeLesson([...seats, ...rooms]);
  show(lesson, <Rooms />);
  fireEvent.input(screen.getByTestId("room-name"), { target: { value: " 305 " } });
  fireEvent.click(screen.getByTestId("add-room"));
  await waitFor(() => assert.deepEqual(lesson.sent.at(-1), { name: "AddRoom", fields: { name: "305" } }));
  await waitFor(() => assert.equal(screen.getByTestId<HTMLInputElement>("room-name").value, ""));
  assert.equal(screen.queryByTestId("close-room-1"), null, "the hub is always there");
  fireEvent.click(screen.getByTestId("close-room-2"));
  assert.equal(lesson.sent.length, 1, "it asks once");
  fireEvent.click(screen.getByTestId("close-room-2-yes"));
  await waitFor(() => assert.deepEqual(lesson.sent.at(-1), { name: "CloseRoom", fields: { room: 2 } }));
  lesson.reply = { seq: 0, refusal: { code: "too-many", args: { max: "8" } } };
  fireEvent.input(screen.getByTestId("room-name"), { target: { value: "306" } });
  fireEvent.click(screen.getByTestId("add-room"));
  await screen.findByText(say({ code: "too-many", args: { max: "8" } }));
  assert.equal(screen.getByTestId<HTMLInputElement>("room-name").value, "306");
  fireEvent.input(screen.getByTestId("room-name"), { target: { value: "а".repeat(25) } });
  assert.equal(screen.getByTestId<HTMLButtonElement>("add-room").disabled, true);
  cleanup();
  show(lesson, <Roster pace={pace} />);
  assert.equal(screen.getByTestId("seats-of-2").querySelectorAll("li").length, 3);
  fireEvent.change(screen.getByTestId("room-of-a"), { target: { value: "2" } });
  await waitFor(() => assert.deepEqual(lesson.sent.at(-1), { name: "MoveToRoom", fields: { studentId: "a", room: 2 } }));
});

test("teams are at least as many as rooms, say where they sit, and take in those of their own room", () => {
  const lesson = fakeLesson([
    entity("seat", "a", seat("Айдар", undefined, 1)),
    entity("seat", "b", seat("Барыс", 2, 2)),
    entity("seat", "c", seat("Ботакөз", 2, 2)),
    entity("seat", "d", seat("Дана", 2, 3)),
    ...rooms,
    entity("team", "1", { size: 1, members: ["a"] }),
    entity("team", "2", { size: 2, members: ["b", "c"], room: 2 }),
    entity("team", "3", { size: 1, members: ["d"], room: 2 }),
  ]);
  show(lesson, <Teams />);
  assert.equal(screen.getByTestId("team-count").getAttribute("min"), "2");
  assert.ok(screen.getByTestId("team-2").textContent?.includes("204"));
  const options = (of: string) => [...screen.getByTestId(`move-${of}`).querySelectorAll("option")].map((o) => o.value);
  assert.deepEqual(options("b"), ["", "2", "3"]);
  assert.deepEqual(options("a"), ["", "1"]);
});

test("a board says its room's lost beside the whole, and the whole only where every room says its own", () => {
  const board = entity("board", "b", { room: 2 });
  const lesson = fakeLesson([board, entity("room", "1", { joined: 4, lost: 2 }), entity("room", "2", { name: "204", joined: 3, lost: 1 })]);
  assert.equal(lostInAll(roomsOf(lesson)), 3);
  inEachLanguage((language) => {
    show(lesson, <RoomLost />, language);
    assert.equal(screen.getByTestId("room-lost").textContent, `${w().lost(1, 3)} · ${w().lostAll(3, 7)}`);
    cleanup();
  });
  const small = fakeLesson([board, ...rooms]);
  assert.equal(lostInAll(roomsOf(small)), undefined);
  show(small, <RoomLost />);
  assert.equal(screen.getByTestId("room-lost").textContent, w().lost(1, 3));
});
