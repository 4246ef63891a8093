import assert from "node:assert/strict";
import { test } from "node:test";
import { codeOfPath, parseCode, showCode } from "../src/lesson/joinCode";

test("a code is taken as people type it", () => {
  for (const typed of ["K7PM4X", "k7p m4x", "K7P·M4X", " k7p-m4x ", "К7Р·М4Х"]) assert.equal(parseCode(typed), "K7PM4X", typed);
});

test("what cannot be a code is not", () => {
  for (const typed of ["", "K7P", "K7PM41", "OOOOOO", "Ж7PM4X"]) assert.equal(parseCode(typed), undefined, typed);
});

test("it is shown in threes, and read from the address", () => {
  assert.equal(showCode("K7PM4X"), "K7P·M4X");
  assert.equal(showCode("K7PM4XAB"), "K7PM·4XAB");
  assert.equal(showCode("K7PM"), "K7P·M");
  assert.equal(codeOfPath("/j/k7pm4x"), "K7PM4X");
  assert.equal(codeOfPath("/j/K7P%C2%B7M4X"), "K7PM4X");
  assert.equal(codeOfPath("/"), undefined);
  assert.equal(codeOfPath("/join"), undefined);
});

test("a link that is damaged is known as one", () => {
  for (const path of ["/j", "/j/", "/j/%zz", "/j/K7PM4%", "/j/K7P", "/j/%D0%96", "/j/a/b"]) assert.equal(codeOfPath(path), "", path);
});
