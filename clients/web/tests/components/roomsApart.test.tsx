import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/preact";
import { say } from "../../src/i18n";
import { w } from "../../src/i18n/rooms";
import { newsOf } from "../../src/lesson/rooms";
import type { Pace, Question, Seat } from "../../src/protocol/types";
import { Ask } from "../../src/screens/teacher/ask/Ask";
import { Teams } from "../../src/screens/teacher/discuss/Teams";
import { LostByHand } from "../../src/screens/teacher/explain/LostByHand";
import { RoomSelect } from "../../src/screens/teacher/rooms/RoomSelect";
import { Rooms } from "../../src/screens/teacher/rooms/Rooms";
import { Roster } from "../../src/screens/teacher/roster/Roster";
import { entity, fakeLesson } from "../fakeLesson";
import { all, inEachLanguage, show } from "./screen";

afterEach(cleanup);

const pace: Pace = { phase: "live", stepId: "s", joined: 0, locked: false, aiOn: true, boardVariant: "kk-simple", classSize: 30 };
const rooms = [entity("room", "2", { name: "204", joined: 3 }), entity("room", "1", { joined: 1 })];
const seat = (nickname: string, room?: number, sharedWith?: string[]): Seat => ({
  nickname,
  ...(room ? { room } : {}),
  ...(sharedWith ? { sharedWith } : {}),
});
const shared = [
  entity("seat", "a", seat("Айдар")),
  entity("seat", "b", seat("Барыс", 2, ["c"])),
  entity("seat", "c", seat("Ботакөз", 2, ["b"])),
  entity("seat", "d", seat("Дана", 2)),
];

test("who shares a phone that is connected is there, in the room's line too", () => {
  const lesson = fakeLesson([...shared, ...rooms], ["b"]);
  assert.equal(newsOf(lesson, 2, undefined, undefined).here, 2);
  assert.equal(newsOf(lesson, 1, undefined, undefined).here, 0);
});

test("there are no more teams than phones, and a number is typed figure by figure", () => {
  const many = Array.from({ length: 12 }, (_, i) => entity("seat", `p${i}`, seat(`Құс ${i}`)));
  const lesson = fakeLesson([...shared, ...many, ...rooms]);
  inEachLanguage((language) => {
    show(lesson, <Teams />, language);
    const field = screen.getByTestId<HTMLInputElement>("team-count");
    const form = screen.getByTestId<HTMLButtonElement>("form-teams");
    assert.deepEqual([field.min, field.max], ["2", "15"]);
    // On the way to 12.
    fireEvent.input(field, { target: { value: "1" } });
    assert.equal(field.value, "1");
    assert.equal(form.disabled, true);
    assert.equal(screen.getByTestId("team-limits").textContent, w().teamLimits("2–15"));
    fireEvent.input(field, { target: { value: "12" } });
    assert.equal(field.value, "12");
    assert.equal(form.disabled, false);
    assert.equal(screen.queryByTestId("team-limits"), null);
    for (const bad of ["", "16", "2.5"]) {
      fireEvent.input(field, { target: { value: bad } });
      assert.equal(form.disabled, true, bad);
    }
    cleanup();
  });
});

test("a move that is refused is said, and the choice shows where the child sits", async () => {
  const lesson = fakeLesson([...shared, ...rooms]);
  lesson.reply = { seq: 0, refusal: { code: "no-such-room" } };
  show(lesson, <Roster pace={pace} />);
  const choice = screen.getByTestId<HTMLSelectElement>("room-of-a");
  fireEvent.change(choice, { target: { value: "2" } });
  await screen.findByText(say("no-such-room"));
  assert.equal(choice.value, "1");
});

test("when the lesson is over its rooms are told and nothing of them can be pressed", () => {
  const lesson = fakeLesson([entity("pace", "", { ...pace, phase: "ended" }), ...shared, ...rooms]);
  inEachLanguage((language) => {
    show(lesson, <Rooms />, language);
    assert.ok(screen.getByTestId("rooms").textContent?.includes(w().over));
    assert.ok(screen.getByTestId("room-2").textContent?.includes("204"));
    assert.equal(screen.getByTestId("rooms").querySelectorAll("button, input").length, 0);
    cleanup();
    show(lesson, <RoomSelect label="x" value={2} onPick={() => assert.fail("it is over")} testid="room-of-d" />, language);
    assert.equal(screen.getByTestId("room-of-d").tagName, "SPAN");
    assert.ok(screen.getByTestId("room-of-d").textContent?.includes("204"));
    cleanup();
  });
});

test("a name that a room has already is refused in words, and stays in the field", async () => {
  const lesson = fakeLesson(rooms);
  lesson.reply = { seq: 0, refusal: { code: "room-exists" } };
  show(lesson, <Rooms />);
  fireEvent.input(screen.getByTestId("room-name"), { target: { value: "204" } });
  fireEvent.click(screen.getByTestId("add-room"));
  await screen.findByText(say("room-exists"));
  assert.equal(screen.getByTestId<HTMLInputElement>("room-name").value, "204");
});

const question: Question = {
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
};

test("hands are counted for one room at a time, each from what was counted there", async () => {
  const lesson = fakeLesson([
    entity("pace", "", pace),
    ...rooms,
    entity("question", "q", question),
    entity("tally", "q", {
      answered: 9,
      rounds: [{ round: 1, answered: 9, byHand: 9, counts: [{ key: "1", count: 9, byHand: 9 }] }],
      hands: [
        { round: 1, counts: [{ key: "1", count: 5 }] },
        { round: 1, room: 2, counts: [{ key: "1", count: 4 }] },
      ],
    }),
  ]);
  show(lesson, <Ask stepId="s" step={{ hasPrompts: false }} />);
  assert.equal(screen.getByTestId("hands-1").textContent, "5");
  fireEvent.click(screen.getByTestId("room-choice-2"));
  assert.equal(screen.getByTestId("hands-1").textContent, "4");
  fireEvent.click(screen.getByTestId("more-2"));
  await waitFor(() =>
    assert.deepEqual(lesson.sent, [
      {
        name: "CountHands",
        fields: {
          questionId: "q",
          counts: [
            { key: "1", count: 4 },
            { key: "2", count: 1 },
          ],
          room: 2,
        },
      },
    ]),
  );
  fireEvent.click(screen.getByTestId("more-2"));
  // What was tapped last goes to the room that it was tapped for.
  fireEvent.click(screen.getByTestId("room-choice-1"));
  await waitFor(() => assert.equal(JSON.stringify(lesson.sent.at(-1)?.fields).includes(`"room":2`), true));
  assert.equal(screen.getByTestId("hands-1").textContent, "5");
});

test("who is lost is counted for one room at a time", async () => {
  const lesson = fakeLesson([
    entity("pace", "", pace),
    ...rooms,
    entity("heat", "e", { spots: [], wholeByHand: 7, inRooms: [{ count: 4, room: 2 }] }),
  ]);
  show(lesson, <LostByHand id="e" variant="kk-simple" sentence={undefined} />);
  assert.equal(screen.getByTestId("hands-").textContent, "3");
  fireEvent.click(screen.getByTestId("room-choice-2"));
  assert.equal(screen.getByTestId("hands-").textContent, "4");
  fireEvent.click(screen.getByTestId("less-"));
  await waitFor(() => assert.deepEqual(lesson.sent, [{ name: "CountLost", fields: { explanationId: "e", count: 3, room: 2 } }]));
});
