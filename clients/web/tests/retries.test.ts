import assert from "node:assert/strict";
import { test } from "node:test";
import { Outbox } from "../src/connection/outbox";
import type { Reply } from "../src/protocol/types";
import { dictionaries } from "./dictionaries";

/** The server's trouble, or the hurry of this page: the same command may succeed in a moment. */
const retryable = ["not-saved", "try-again", "too-fast", "not-entered", "device-waiting"];
const codes = Object.keys(dictionaries.en.refusals as object);

/** How often a command is sent when its first reply is this refusal, and how it ends. */
async function sendsAfter(code: string): Promise<{ calls: number; reply: Reply }> {
  let calls = 0;
  const connection = {
    connected: true,
    whenLive: async () => {},
    invoke: async <T>() => (++calls === 1 ? { seq: 0, refusal: { code } } : { seq: 1 }) as T,
  };
  const nowhere = { load: async () => [], put: async () => {}, remove: async () => {} };
  const reply = await new Outbox("s", nowhere, connection, async () => {}).send("LowerHand", {}).done;
  return { calls, reply };
}

test("each retryable refusal has words of its own", () => {
  for (const code of retryable) assert.ok(codes.includes(code), code);
});

for (const code of retryable) {
  test(`a command refused with ${code} is sent again`, async () => {
    assert.deepEqual(await sendsAfter(code), { calls: 2, reply: { seq: 1 } });
  });
}

test("a command refused with any other code, known or not, is not sent again", async () => {
  assert.ok(codes.length > 90);
  for (const code of [...codes.filter((c) => !retryable.includes(c)), "a-code-of-tomorrow"])
    assert.deepEqual(await sendsAfter(code), { calls: 1, reply: { seq: 0, refusal: { code } } }, code);
});
