import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { serverNow } from "../src/connection/clock";
import { enterLesson } from "../src/lesson/lesson";
import { messageOnWire, methods } from "../src/protocol/messages";
import type { EntityChange, Pace, SyncReply } from "../src/protocol/types";
import { dictionaries } from "./dictionaries";
import { Connections, reaches } from "./fakeSignalR";

const now = "2026-09-01T09:00:00Z";
const pace = (aiOn: boolean): EntityChange => ({
  k: "pace",
  id: "",
  v: { phase: "live", locked: false, joined: 1, aiOn, boardVariant: "kk-simple" } satisfies Pace,
});
/** Refusals of `Sync` after which it makes no sense to ask again. */
const final = [
  "no-seat",
  "no-such-classroom",
  "wrong-role",
  "foreign-classroom",
  "device-unknown",
  "device-refused",
  "not-let-in",
  "was-forgotten",
  "lesson-ended",
  "board-unpaired",
  "helper-dismissed",
  "bad-id",
];

/** A lesson whose hub lets it in with these replies, the last one for ever. */
function enter(...replies: Partial<SyncReply>[]) {
  return enterAs(undefined, ...replies);
}

/** @param student whose ticket it is */
function enterAs(student: string | undefined, ...replies: Partial<SyncReply>[]) {
  const entered: unknown[][] = [];
  const connections = new Connections(undefined, (method, ...args) => {
    if (method !== methods.sync) return undefined;
    entered.push(args);
    return { now, ...replies[Math.min(entered.length, replies.length) - 1] };
  });
  const lesson = enterLesson("c", "seat/a", "ticket", student, connections.open);
  return {
    lesson,
    entered,
    receive: (name: keyof typeof messageOnWire, ...args: unknown[]) => connections.current?.receive(messageOnWire[name], ...args),
  };
}

test("each final refusal of entering stops the connection, and says why", async () => {
  for (const code of final) {
    const { lesson } = enter({ refusal: { code } });
    await reaches(lesson, "closed");
    assert.equal(lesson.refusal.value?.code, code);
  }
});

test("after any other refusal of entering it is asked again in three seconds, and let in", async () => {
  for (const code of Object.keys(dictionaries.en.refusals as object).filter((c) => !final.includes(c))) {
    mock.timers.enable({ apis: ["setTimeout"] });
    try {
      const { lesson, entered } = enter({ refusal: { code } }, {});
      while (lesson.refusal.value?.code !== code) await new Promise((done) => setImmediate(done));
      assert.equal(entered.length, 1, code);
      const live = reaches(lesson, "live");
      mock.timers.tick(3000);
      await live;
      assert.equal(entered.length, 2, code);
      assert.equal(lesson.refusal.value, undefined, code);
      lesson.leave();
    } finally {
      mock.timers.reset();
    }
  }
});

test("a refused entering carries neither clock nor model, and leaves both as they were", async () => {
  // As the server writes a refusal: every other field has its default.
  const refused = { refusal: { code: "no-seat" }, now: "0001-01-01T00:00:00+00:00", hasModel: false };
  const { lesson, receive } = enter({ hasModel: true }, refused);
  await reaches(lesson, "live");
  receive("snapshot", 1, [pace(true)]);
  receive("patch", 8, 9, []);
  await reaches(lesson, "closed");
  assert.equal(lesson.refusal.value?.code, "no-seat");
  assert.ok(Math.abs(serverNow() - Date.parse(now)) < 60_000, new Date(serverNow()).toISOString());
  // The AI switch of the lesson is worked out anew from what the server last said of its model.
  receive("patch", 1, 2, [pace(true)]);
  assert.equal(lesson.modelWrites.value, true);
});

test("a snapshot and patches make the view; after a gap it enters again from the version it has", async () => {
  const { lesson, entered, receive } = enter({});
  await reaches(lesson, "live");
  receive("snapshot", 3, [pace(true)]);
  receive("patch", 3, 4, [{ k: "vote", id: "i", v: { on: true } }]);
  assert.equal(lesson.store.seq, 4);
  assert.equal(lesson.store.one("vote", "i")?.on, true);
  receive("patch", 9, 10, [{ k: "vote", id: "i", v: null }]);
  assert.equal(lesson.store.one("vote", "i")?.on, true, "a patch after a gap changes nothing");
  while (entered.length < 2) await new Promise((done) => setImmediate(done));
  assert.deepEqual(entered, [
    ["c", 0],
    ["c", 4],
  ]);
  lesson.leave();
});

test("a phone whose view was another child's in between enters anew, as one that has nothing", async () => {
  for (const [student, seq] of [
    ["a", 3],
    ["b", 0],
  ] as const) {
    const { lesson, entered, receive } = enterAs(student, {});
    await reaches(lesson, "live");
    receive("snapshot", 3, [{ k: "me", id: "", v: { studentId: "a", nickname: "Айдар", language: "kk", level: "simple" } }]);
    receive("patch", 9, 10, []);
    while (entered.length < 2) await new Promise((done) => setImmediate(done));
    assert.deepEqual(entered.at(-1), ["c", seq]);
    lesson.leave();
  }
});

test("the model writes while the server has one and the teacher has the AI on", async () => {
  const { lesson, receive } = enter({ hasModel: true });
  await reaches(lesson, "live");
  receive("snapshot", 1, [pace(true)]);
  assert.equal(lesson.modelWrites.value, true);
  receive("patch", 1, 2, [pace(false)]);
  assert.equal(lesson.modelWrites.value, false);
  lesson.leave();
});

test("texts, presence and whether the server can save arrive; a closed lesson stops for good", async () => {
  const { lesson, receive } = enter({});
  await reaches(lesson, "live");
  receive("text", 1, "kk-simple", 1, 0, "Су.", [3]);
  assert.deepEqual(lesson.texts.of(1, "kk-simple").value, { text: "Су.", sentenceEnds: [3] });
  receive("presence", ["a", "b"]);
  assert.deepEqual([...lesson.present.value], ["a", "b"]);
  receive("saving", false);
  assert.equal(lesson.saves.value, false);
  receive("closed", "replaced");
  assert.equal(lesson.closed.value, "replaced");
  assert.equal(lesson.state.value, "closed");
});
