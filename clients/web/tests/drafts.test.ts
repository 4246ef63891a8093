import assert from "node:assert/strict";
import { test } from "node:test";
import { countWords, missing } from "../src/lesson/drafts";
import type { Task } from "../src/protocol/types";

const tri = { kk: "", ru: "", en: "" };
const task: Task = { title: tri, text: tri, aiPolicy: "ask", minOwnWords: 3, asksReflection: true, asksSources: false, criteria: [] };

test("words are runs that hold a letter or a digit", () => {
  assert.equal(countWords("  Су —  екі атом сутек, 1 оттек.\n"), 6);
  assert.equal(countWords("— … !"), 0);
});

test("a hand-in names what is missing", () => {
  assert.deepEqual(missing(task, { text: "бір екі", ownContribution: "", reflection: "x", sources: [] }), {
    words: 1,
    own: true,
    reflection: false,
    sources: false,
  });
  assert.equal(missing(task, { text: "бір екі үш", ownContribution: "мен", reflection: "x", sources: [] }), undefined);
  assert.equal(
    missing({ ...task, minOwnWords: 0, aiPolicy: "none" }, { text: " ", ownContribution: "", reflection: "x", sources: [] })?.words,
    1,
  );
});
