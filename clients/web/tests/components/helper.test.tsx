import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { signal } from "@preact/signals";
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/preact";
import { say } from "../../src/i18n";
import { w } from "../../src/i18n/helper";
import { w as rooms } from "../../src/i18n/rooms";
import type { Child, Helped, Pace } from "../../src/protocol/types";
import { Inside } from "../../src/screens/helper/HelperRoom";
import { Rooms } from "../../src/screens/teacher/rooms/Rooms";
import { RoomsBar } from "../../src/screens/teacher/rooms/RoomsBar";
import { entity, type FakeLesson, fakeLesson } from "../fakeLesson";
import { all, inEachLanguage, show } from "./screen";

afterEach(cleanup);

const since = "2026-09-01T08:00:00Z";
const room: Helped = {
  room: 2,
  roomName: "204",
  isOneOfSeveral: true,
  name: "Әлия",
  teacherName: "Айгүл Маратқызы",
  className: "7Б",
  phase: "live",
  stepTitle: all("Фотосинтез"),
  step: 2,
  steps: 5,
  stepMinutes: 10,
  stepStartedAt: since,
  joinCode: "K7PM4X",
  boards: ["b1"],
  lost: 2,
  lostAt: [{ variant: "kk-simple", sentence: 2, count: 2 }],
  question: {
    id: "q",
    kind: "single",
    status: "open",
    round: 1,
    text: all("Неге?"),
    options: [
      { id: "a", text: all("Иә") },
      { id: "b", text: all("Жоқ") },
    ],
    min: 0,
    max: 0,
    mayCount: true,
    hands: [],
  },
};
const child = (nickname: string, more: Partial<Child> = {}): Child => ({ nickname, ...more });
const people = [
  entity("child", "d", child("Дана", { answered: false, hand: { topic: "көмек", since } })),
  entity("child", "a", child("Арман", { answered: true, hand: { topic: "", since, by: "Айгүл" }, sharedWith: ["m"] })),
  entity("child", "m", child("Марат", { answered: true, sharedWith: ["a"] })),
  entity("child", "n", child("Нұрлан", { answered: false, requests: [{ deviceId: "x", code: "42" }] })),
  entity("child", "w", child("Вера", { waiting: true })),
  entity("child", "z", child("Зере", { waiting: true })),
];
const open = (over: Partial<Helped> = {}): FakeLesson =>
  fakeLesson([entity("helped", "", { ...room, ...over }), ...people], ["a", "b1", "n"]);

test("a helper sees in each language who waits, who has not answered, who is cut off and how many are lost", () => {
  inEachLanguage((language) => {
    const lesson = open();
    const text = show(lesson, <Inside lesson={lesson} ended={false} />, language).textContent ?? "";
    for (const said of [
      "204",
      "Әлия",
      "K7P·M4X",
      w().silent(2, 4),
      w().lost(2, 4),
      w().lostAt(3, 2),
      w().step(2, 5),
      w().taken("Айгүл"),
      w().noTopic,
      w().boardOn,
      "42",
      "көмек",
    ])
      assert.ok(text.includes(said), `${language}: ${said}`);
    assert.ok(screen.getByTestId("child-d").textContent?.includes(w().away));
    assert.ok(screen.getByTestId("child-n").textContent?.includes(w().here));
    assert.ok(screen.getByTestId("child-m").textContent?.includes(w().here), "on a phone that is connected");
    assert.equal(screen.queryByTestId("child-w"), null, "who waits at the door does not sit there yet");
    cleanup();
  });
});

test("a helper claims and answers hands, lets in, gives a seat to a phone and counts hands", async () => {
  const lesson = open();
  show(lesson, <Inside lesson={lesson} ended={false} />);
  fireEvent.click(screen.getByTestId("claim-d"));
  fireEvent.click(screen.getByTestId("answer-a"));
  fireEvent.click(screen.getByTestId("admit-w"));
  fireEvent.click(screen.getByTestId("admit-all"));
  fireEvent.click(screen.getByTestId("approve-n"));
  fireEvent.click(screen.getByTestId("count-hands"));
  fireEvent.click(screen.getByTestId("more-a"));
  await waitFor(() => assert.equal(lesson.sent.length, 6));
  assert.deepEqual(lesson.sent, [
    { name: "ClaimHand", fields: { studentId: "d" } },
    { name: "AnswerHand", fields: { studentId: "a" } },
    { name: "Admit", fields: { studentIds: ["w"] } },
    { name: "Admit", fields: { studentIds: ["w", "z"] } },
    { name: "ApproveDevice", fields: { studentId: "n", deviceId: "x" } },
    { name: "CountHands", fields: { questionId: "q", counts: [{ key: "a", count: 1 }], room: 2 } },
  ]);
});

test("a refused claim says who is on the way", async () => {
  const lesson = open();
  lesson.reply = { seq: 0, refusal: { code: "hand-claimed", args: { by: "Жанна" } } };
  show(lesson, <Inside lesson={lesson} ended={false} />);
  fireEvent.click(screen.getByTestId("claim-d"));
  await screen.findByText(say({ code: "hand-claimed", args: { by: "Жанна" } }));
});

test("before she said her name there is nothing but the question for it", async () => {
  const { name: _, ...nameless } = room;
  const lesson = fakeLesson([entity("helped", "", nameless), ...people]);
  const text = show(lesson, <Inside lesson={lesson} ended={false} />).textContent ?? "";
  assert.ok(!text.includes("Дана"));
  const field = screen.getByTestId<HTMLInputElement>("helper-name");
  fireEvent.input(field, { target: { value: "ә".repeat(41) } });
  assert.equal(screen.getByTestId<HTMLButtonElement>("come").disabled, true);
  fireEvent.input(field, { target: { value: " Әлия " } });
  fireEvent.click(screen.getByTestId("come"));
  await waitFor(() => assert.deepEqual(lesson.sent, [{ name: "ComeAsHelper", fields: { name: "Әлия" } }]));
});

test("few phones, a question that is thought over and one that is closed are said so", () => {
  const { lost: _, lostAt: __, ...few } = room;
  const thought = { ...room.question, options: [], mayCount: false } as NonNullable<Helped["question"]>;
  inEachLanguage((language) => {
    const lesson = fakeLesson([entity("helped", "", { ...few, question: thought }), entity("child", "d", child("Дана"))]);
    const text = show(lesson, <Inside lesson={lesson} ended={false} />, language).textContent ?? "";
    assert.ok(text.includes(w().lostHidden) && text.includes(w().thinking), language);
    assert.equal(screen.queryByTestId("count-hands"), null);
    cleanup();
    const over = open({ question: { ...thought, status: "closed", mayCount: true }, boards: [] });
    const then = show(over, <Inside lesson={over} ended={false} />, language).textContent ?? "";
    assert.ok(then.includes(w().closed) && then.includes(w().noBoard), language);
    cleanup();
  });
});

test("the end, a link that is over and a cut line are said calmly", () => {
  inEachLanguage((language) => {
    const ended: FakeLesson = { ...open(), closed: signal<string | undefined>("lesson-ended") };
    assert.ok(show(ended, <Inside lesson={ended} ended />, language).textContent?.includes(w().thanks));
    cleanup();
    const dismissed: FakeLesson = { ...open(), closed: signal<string | undefined>("helper-dismissed") };
    const text = show(dismissed, <Inside lesson={dismissed} ended={false} />, language).textContent ?? "";
    assert.ok(text.includes(say("helper-dismissed")) && !text.includes("Дана"), language);
    cleanup();
    const cut: FakeLesson = { ...open(), state: signal("offline" as const) };
    show(cut, <Inside lesson={cut} ended={false} />, language);
    assert.ok(screen.getByTestId("offline"));
    cleanup();
  });
});

test("the console says of each room whether a helper is there, and takes a link back after asking once", async () => {
  const pace = { phase: "live", stepId: "s1", joined: 1, locked: false, aiOn: true, boardVariant: "kk-standard" } as Pace;
  const entities = [
    entity("room", "1", { joined: 1 }),
    entity("room", "2", { name: "204", joined: 0 }),
    entity("room", "3", { name: "305", joined: 0 }),
    entity("helper", "h", { room: 2, name: "Әлия", invitedAt: since }),
    entity("helper", "i", { room: 3, invitedAt: since }),
  ];
  inEachLanguage((language) => {
    const lesson = fakeLesson(entities, ["h"]);
    show(lesson, <Rooms />, language);
    assert.ok(screen.getByTestId("helper-of-2").textContent?.includes("Әлия"));
    assert.ok(screen.getByTestId("helper-of-2").textContent?.includes(rooms().helper.here));
    assert.ok(screen.getByTestId("helper-of-3").textContent?.includes(rooms().helper.invited));
    assert.ok(screen.getByTestId("helper-of-1").textContent?.includes(rooms().helper.none));
    cleanup();
    assert.ok(show(lesson, <RoomsBar pace={pace} />, language).textContent?.includes(rooms().helper.pill("Әлия")));
    cleanup();
  });
  const lesson = fakeLesson(entities);
  show(lesson, <Rooms />);
  fireEvent.click(screen.getByTestId("dismiss-helper-2"));
  assert.equal(lesson.sent.length, 0, "it asks once");
  fireEvent.click(screen.getByTestId("dismiss-helper-2-yes"));
  await waitFor(() => assert.deepEqual(lesson.sent, [{ name: "DismissHelper", fields: { helperId: "h" } }]));
});
