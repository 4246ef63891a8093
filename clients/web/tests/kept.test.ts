import assert from "node:assert/strict";
import { test } from "node:test";
import { Kept } from "../src/device/kept";

/** As a browser's, with room for so many characters. */
function storage(room = 100): Storage {
  const kept = new Map<string, string>();
  return new Proxy({} as Storage, {
    get: (_, name) =>
      ({
        getItem: (key: string) => kept.get(key) ?? null,
        setItem: (key: string, value: string) => {
          if (value.length > room) throw new DOMException("full", "QuotaExceededError");
          kept.set(key, value);
        },
        removeItem: (key: string) => void kept.delete(key),
      })[name as string],
    ownKeys: () => [...kept.keys()],
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  });
}

test("what is kept is there for the next page, and is no longer once it is taken back", () => {
  const place = storage();
  new Kept(() => place).set("a", "1");
  const next = new Kept(() => place);
  assert.equal(next.lasts, true);
  assert.equal(next.get("a"), "1");
  next.set("b", "2");
  assert.deepEqual(next.keys().sort(), ["a", "b"]);
  next.set("a", undefined);
  assert.equal(next.get("a"), undefined);
  assert.deepEqual(next.keys(), ["b"]);
});

test("where site data is blocked it is remembered as long as the page is open, and said", () => {
  const blocked = new Kept(() => {
    throw new DOMException("denied", "SecurityError");
  });
  assert.equal(blocked.lasts, false);
  blocked.set("a", "1");
  assert.equal(blocked.get("a"), "1");
  assert.deepEqual(blocked.keys(), ["a"]);
  blocked.set("a", undefined);
  assert.equal(blocked.get("a"), undefined);
});

test("what finds no room is newer than what was kept before", () => {
  const full = new Kept(() => place);
  const place = storage(20);
  full.set("draft", "short");
  full.set("draft", "longer than there is room for");
  assert.equal(full.get("draft"), "longer than there is room for");
  full.set("draft", "short again");
  assert.equal(new Kept(() => place).get("draft"), "short again");
});
