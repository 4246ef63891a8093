import assert from "node:assert/strict";
import { test } from "node:test";
import { Store } from "../src/lesson/store";
import { TextReader } from "../src/lesson/textReader";
import { Texts } from "../src/lesson/texts";
import { methods } from "../src/protocol/messages";
import type { EntityChange, ExplanationStatus, Reply, Variant } from "../src/protocol/types";

/** What was called and what was said in answer to it is through. */
const settled = () => new Promise((done) => setImmediate(done));

function make() {
  const store = new Store();
  const texts = new Texts();
  const reads: number[] = [];
  const connection = {
    isLive: true,
    /** What the hub says to a call; by default it takes it. */
    answers: [] as (Reply | Error)[],
    live: () => connection.isLive,
    invoke: async <T>(method: string, ...args: unknown[]) => {
      assert.deepEqual([method, ...args.slice(0, 2)], [methods.readText, "e", "kk-simple"]);
      reads.push(args[2] as number);
      const answer = connection.answers.shift() ?? { seq: 1 };
      if (answer instanceof Error) throw answer;
      return answer as T;
    },
  };
  const pauses: (() => void)[] = [];
  const reader = new TextReader(store, texts, connection, () => new Promise((done) => pauses.push(done)));
  let seq = 0;
  /** The lesson says how far the variant is. */
  const state = (status: ExplanationStatus, epoch: number, length: number) => {
    const variants = [{ variant: "kk-simple" as const, status, epoch, length }];
    store.patch(seq, ++seq, [{ k: "explanation", id: "e", v: { number: 7, variants } as never } as EntityChange]);
    reader.viewChanged();
  };
  const chunk = (epoch: number, offset: number, text: string, number = 7, variant: Variant = "kk-simple") =>
    reader.received(number, variant, epoch, offset, text, []);
  return { texts, reads, connection, pauses, reader, state, chunk, text: () => texts.of(7, "kk-simple").value.text };
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

test("a hole in the stream is read from what is known, and once while the answer is on its way", async () => {
  const { reader, reads, state, chunk, text } = make();
  state("running", 1, 0);
  reader.open("e", "kk-simple");
  await settled();
  chunk(1, 0, "Су ");
  chunk(1, 9, "болады.");
  chunk(1, 16, " Тағы.");
  assert.deepEqual(reads, [0, 3]);
  assert.equal(text(), "Су ");
  await settled();
  chunk(1, 22, " Және.");
  assert.deepEqual(reads, [0, 3, 3]);
  chunk(1, 30, "басқа", 8);
  chunk(1, 30, "другое", 7, "ru-simple");
  assert.deepEqual(reads, [0, 3, 3], "a text that is not open is not read");
});

test("after a reconnect the open text is read on from what is known", () => {
  const { reader, reads, state, chunk } = make();
  state("running", 1, 0);
  reader.open("e", "kk-simple");
  chunk(1, 0, "Су.");
  reader.entered();
  assert.deepEqual(reads, [0, 3]);
});

test("a variant that is streamed again is read when its beginning was missed, and the old text stays until it comes", async () => {
  const { reader, reads, state, chunk, text } = make();
  state("failed", 1, 3);
  reader.open("e", "kk-simple");
  await settled();
  chunk(1, 0, "Су.");
  state("running", 2, 0);
  assert.deepEqual(reads, [0], "its first chunk begins it anew");
  chunk(2, 4, "жарық");
  assert.deepEqual([text(), ...reads], ["Су.", 0, 0]);
  chunk(2, 0, "Күн ");
  assert.equal(text(), "Күн ");
  chunk(1, 3, " Кеш");
  assert.equal(text(), "Күн ");
});

test("an ended text that came short is read once, however much else happens", async () => {
  const { reader, reads, state, chunk, text } = make();
  state("running", 1, 0);
  reader.open("e", "kk-simple");
  await settled();
  chunk(1, 0, "Су.");
  state("finished", 1, 9);
  assert.deepEqual(reads, [0, 3]);
  for (let i = 0; i < 5; i++) {
    await settled();
    chunk(1, 0, "Су.");
    state("finished", 1, 9);
  }
  assert.deepEqual(reads, [0, 3]);
  reader.entered();
  assert.deepEqual(reads, [0, 3, 3], "after a reconnect once more");
  chunk(1, 3, " Күн..");
  assert.equal(text(), "Су. Күн..");
});

test("a text of another epoch is not whole, even if it is as long", async () => {
  const { reader, reads, state, chunk } = make();
  state("failed", 1, 3);
  reader.open("e", "kk-simple");
  await settled();
  chunk(1, 0, "Су.");
  state("finished", 2, 3);
  assert.deepEqual(reads, [0, 0]);
});

test("an ended text is read by opening it alone; whole, it is not asked for again", async () => {
  const { reader, reads, state, chunk } = make();
  state("finished", 1, 3);
  reader.open("e", "kk-simple");
  state("finished", 1, 3);
  await settled();
  state("finished", 1, 3);
  chunk(1, 0, "Су.");
  state("finished", 1, 3);
  assert.deepEqual(reads, [0]);
});

test("a call that failed, or was refused for the moment, is made again after a while; one that was refused for good is not", async () => {
  const { reader, reads, connection, pauses } = make();
  connection.answers = [new Error("cut"), { seq: 0, refusal: { code: "too-fast" } }, { seq: 0, refusal: { code: "bad-id" } }];
  reader.open("e", "kk-simple");
  for (const tries of [1, 2]) {
    await settled();
    assert.equal(reads.length, tries, "not at once");
    pauses.shift()?.();
  }
  await settled();
  assert.deepEqual([reads.length, pauses.length], [3, 0]);
});

test("a call that failed without a connection is left to entering again", async () => {
  const { reader, reads, connection, pauses } = make();
  connection.answers = [new Error("cut")];
  reader.open("e", "kk-simple");
  connection.isLive = false;
  await settled();
  pauses.shift()?.();
  await settled();
  assert.deepEqual(reads, [0]);
  reader.entered();
  assert.deepEqual(reads, [0, 0]);
});
