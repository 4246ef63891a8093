import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { search } from "../src/connection/puzzle";

const salt = "00ff00ff00ff00ff00ff00ff";
const hashOf = (number: number) => createHash("sha256").update(`${salt}${number}`).digest("hex");

test("the number behind a hash is found, at both ends of the range too, and none where there is none", () => {
  for (const number of [0, 9, 10, 999, 1000, 4321]) assert.equal(search(salt, hashOf(number), 0, 5000), number);
  assert.equal(search(salt, hashOf(5000), 0, 5000), undefined);
  assert.equal(search(salt, hashOf(4999), 4999, 5000), 4999);
  assert.equal(search(salt, hashOf(10), 11, 5000), undefined, "looked at before");
  assert.equal(search(salt, "", 0, 10), undefined);
  assert.equal(search(salt, "not hexadecimal", 0, 10), undefined);
});
