import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Store } from "../src/lesson/store";
import { TextReader } from "../src/lesson/textReader";
import { Texts } from "../src/lesson/texts";
import { methods } from "../src/protocol/messages";
import type { EntityChange, ExplanationStatus } from "../src/protocol/types";

beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
afterEach(() => mock.timers.reset());

function make() {
  const store = new Store();
  const texts = new Texts();
  const reads: number[] = [];
  const connection = {
    isLive: true,
    live: () => connection.isLive,
    invoke: async <T>(method: string, ...args: unknown[]) => {
      assert.deepEqual([method, ...args.slice(0, 2)], [methods.readText, "e", "kk-simple"]);
      reads.push(args[2] as number);
      return undefined as T;
    },
  };
  const reader = new TextReader(store, texts, connection);
  let seq = 0;
  /** The lesson says how far the variant is. */
  const state = (status: ExplanationStatus, length: number) => {
    const before = store.peek("explanation");
    const variants = [{ variant: "kk-simple" as const, status, length }];
    store.patch(seq, ++seq, [{ k: "explanation", id: "e", v: { variants } as never } as EntityChange]);
    reader.viewChanged(before);
  };
  return { texts, reads, connection, reader, state };
}

test("an opened text is read from its beginning, once", () => {
  const { reader, reads, connection } = make();
  reader.open("e", "kk-simple");
  reader.open("e", "kk-simple");
  assert.deepEqual(reads, [0]);
  connection.isLive = false;
  reader.open("other", "kk-simple");
  assert.deepEqual(reads, [0], "without a connection nothing is asked for");
});

test("a hole in the stream is read from what is known", () => {
  const { reader, reads, texts } = make();
  reader.received("e", "kk-simple", 0, "Су ", []);
  reader.received("e", "kk-simple", 9, "болады.", []);
  assert.deepEqual(reads, [3]);
  assert.equal(texts.length("e", "kk-simple"), 3);
});

test("after a reconnect the open text is read whole", () => {
  const { reader, reads } = make();
  reader.open("e", "kk-simple");
  reader.received("e", "kk-simple", 0, "Су.", [3]);
  reader.entered();
  assert.deepEqual(reads, [0, 0]);
});

test("a variant that is streamed again is read from its beginning", () => {
  const { reader, reads, state, texts } = make();
  state("failed", 3);
  reader.open("e", "kk-simple");
  reader.received("e", "kk-simple", 0, "Су.", [3]);
  state("running", 0);
  assert.deepEqual(reads, [0, 0]);
  reader.received("e", "kk-simple", 0, "Күн", []);
  assert.equal(texts.of("e", "kk-simple").value.text, "Күн");
});

test("a finished text that came short is asked for again every half second, but not for ever", () => {
  const { reader, reads, state } = make();
  reader.open("e", "kk-simple");
  reader.received("e", "kk-simple", 0, "Су.", [3]);
  state("finished", 9);
  assert.deepEqual(reads, [0]);
  for (let i = 0; i < 40; i++) {
    mock.timers.tick(500);
    reader.received("e", "kk-simple", 0, "Су.", [3]);
  }
  assert.deepEqual(reads, [0, ...Array(20).fill(3)]);
});

test("a finished text that is whole is not asked for again", () => {
  const { reader, reads, state } = make();
  reader.open("e", "kk-simple");
  state("finished", 3);
  reader.received("e", "kk-simple", 0, "Су.", [3]);
  mock.timers.tick(5000);
  assert.deepEqual(reads, [0]);
});
