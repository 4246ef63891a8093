import assert from "node:assert/strict";
import { test } from "node:test";
import { backoff } from "../src/connection/backoff";
import { type CommandConnection, Outbox } from "../src/connection/outbox";
import type { CommandStorage, StoredCommand } from "../src/connection/storage";
import { uuid7 } from "../src/protocol/ids";
import type { Reply } from "../src/protocol/types";

class MemoryStorage implements CommandStorage {
  kept = new Map<string, StoredCommand>();
  async load(scope: string) {
    return [...this.kept.values()].filter((c) => c.scope === scope);
  }
  async put(command: StoredCommand) {
    this.kept.set(command.commandId, command);
  }
  async remove(id: string) {
    this.kept.delete(id);
  }
}

class FakeConnection implements CommandConnection {
  connected = true;
  calls: [string, string, unknown][] = [];
  waits: (number | undefined)[] = [];
  answers: (Reply | Error)[] = [];
  #waiters: (() => void)[] = [];
  whenLive() {
    return this.connected ? Promise.resolve() : new Promise<void>((done) => this.#waiters.push(done));
  }
  restore() {
    this.connected = true;
    for (const done of this.#waiters.splice(0)) done();
  }
  async invoke<T>(method: string, ...args: unknown[]): Promise<T> {
    const { id, name, fields, waited } = args[0] as { id: string; name: string; fields: unknown; waited?: number };
    assert.equal(method, "Execute");
    assert.deepEqual(
      Object.keys(args[0] as object).slice(0, 3),
      ["id", "name", "fields"],
      "the server reads the fields by the name before them",
    );
    this.calls.push([name, id, fields]);
    this.waits.push(waited);
    const answer = this.answers.shift() ?? { seq: this.calls.length };
    if (answer instanceof Error) throw answer;
    return answer as T;
  }
}

function make(connection = new FakeConnection(), storage = new MemoryStorage()) {
  return { connection, storage, outbox: new Outbox("c1", storage, connection, async () => {}) };
}

test("commands go in order, and leave the storage when they are durable", async () => {
  const { connection, storage, outbox } = make();
  const first = outbox.send("RaiseHand", { topic: "a" });
  const second = outbox.send("LowerHand", {});
  assert.equal(outbox.unsent.value, 2);
  await Promise.all([first.done, second.done]);
  assert.deepEqual(
    connection.calls.map((c) => c[0]),
    ["RaiseHand", "LowerHand"],
  );
  assert.equal(second.state.value, "saved");
  assert.equal(outbox.unsent.value, 0);
  while (storage.kept.size > 0) await new Promise((r) => setImmediate(r));
  assert.equal(storage.kept.size, 0);
});

test("a command without a reply is sent again with the same id, before those behind it", async () => {
  const { connection, outbox } = make();
  connection.answers = [new Error("cut"), { seq: 0, refusal: { code: "not-saved" } }, { seq: 7 }];
  const first = outbox.send("RaiseHand", { topic: "a" });
  const second = outbox.send("LowerHand", {});
  assert.equal((await first.done).seq, 7);
  await second.done;
  assert.deepEqual(
    connection.calls.map((c) => c[0]),
    ["RaiseHand", "RaiseHand", "RaiseHand", "LowerHand"],
  );
  assert.equal(new Set(connection.calls.slice(0, 3).map((c) => c[1])).size, 1);
});

test("a refusal that is the command's own fault is final and does not block the next", async () => {
  const { connection, outbox } = make();
  connection.answers = [{ seq: 0, refusal: { code: "question-closed" } }];
  const first = outbox.send("GiveAnswer", { questionId: "q", options: ["a"] });
  const second = outbox.send("LowerHand", {});
  await second.done;
  assert.equal(first.state.value, "refused");
  assert.equal(first.refusal.value?.code, "question-closed");
  assert.equal(outbox.refused.value?.refusal.code, "question-closed");
});

test("a call that the server cannot even read is refused in words at once, and one that broke off is tried again", async () => {
  for (const code of ["unknown-command", "bad-json"]) {
    const { connection, outbox } = make();
    connection.answers = [new Error("try-again"), new Error(code)];
    const sent = outbox.send("RaiseHand", { topic: "a" });
    await sent.done;
    assert.equal(connection.calls.length, 2);
    assert.equal(sent.state.value, "refused");
    assert.equal(outbox.refused.value?.refusal.code, code);
  }
});

test("offline: it waits, a newer draft replaces an older one, and all goes when the connection is back", async () => {
  const { connection, outbox } = make();
  connection.connected = false;
  const draft = (text: string) =>
    outbox.send("SaveDraft", { stepId: "s", text, ownContribution: "", reflection: "", sources: [] }, "draft/s");
  draft("one");
  const hand = outbox.send("RaiseHand", { topic: "" });
  const last = draft("two");
  await Promise.resolve();
  assert.equal(hand.state.value === "saved", false);
  assert.equal(outbox.unsent.value, 2);
  connection.restore();
  await last.done;
  assert.deepEqual(
    connection.calls.map((c) => c[0]),
    ["RaiseHand", "SaveDraft"],
  );
  assert.equal((connection.calls[1]?.[2] as { text: string } | undefined)?.text, "two");
});

test("what an earlier page left goes first, with its old id", async () => {
  const { connection, storage, outbox } = make();
  connection.connected = false;
  storage.kept.set("old", { scope: "c1", order: 1, commandId: "old", name: "HandIn", fields: { stepId: "s" } });
  storage.kept.set("other", { scope: "c2", order: 1, commandId: "other", name: "HandIn", fields: {} });
  await outbox.restore();
  const fresh = outbox.send("LowerHand", {});
  connection.restore();
  await fresh.done;
  assert.deepEqual(
    connection.calls.map((c) => c[1]),
    ["old", fresh.commandId],
  );
  assert.equal(storage.kept.has("other"), true);
});

test("ids are UUIDv7 and sort by time; waiting grows to five seconds", () => {
  assert.match(uuid7(), /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.ok(uuid7(1000) < uuid7(2000));
  assert.equal(backoff(0, 1), 300);
  assert.equal(backoff(20, 1), 5000);
  assert.ok(backoff(20, 0) >= 3000);
});

test("a refusal of what an earlier page left behind is marked as late", async () => {
  const { storage, outbox } = make();
  outbox.stop();
  outbox.send("RaiseHand", { topic: "a" });
  const connection = new FakeConnection();
  connection.answers = [
    { seq: 0, refusal: { code: "hand-raised" } },
    { seq: 0, refusal: { code: "question-closed" } },
  ];
  const later = make(connection, storage).outbox;
  await later.restore();
  while (later.unsent.value > 0) await new Promise((r) => setImmediate(r));
  assert.equal(later.refused.value?.late, true);
  await later.send("LowerHand", {}).done;
  assert.equal(later.refused.value?.late, false);
});

test("a command that comes late says how long its person has waited; one that is at once on its way says nothing", async () => {
  let now = 5000;
  const connection = new FakeConnection();
  const pause = async () => {
    now += 1700;
  };
  const outbox = new Outbox("c1", new MemoryStorage(), connection, pause, () => now);
  connection.answers = [{ seq: 0, refusal: { code: "try-again" } }, new Error("the line broke")];
  await outbox.send("RaiseHand", { topic: "a" }).done;
  assert.deepEqual(connection.waits, [undefined, 1700, 3400]);
});
