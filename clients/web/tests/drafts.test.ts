import assert from "node:assert/strict";
import { test } from "node:test";
import { canHandIn, countWords, missing, saveIn } from "../src/lesson/drafts";
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

test("a drawing needs no words, and is still asked what was thought; a text beside it is asked for all", () => {
  const sources = { ...task, asksSources: true };
  const drawing = { text: " ", ownContribution: "", reflection: "x", sources: [] };
  assert.equal(missing(sources, drawing, 1), undefined);
  const silent = { ...drawing, reflection: "" };
  assert.deepEqual(missing(sources, silent, 1), { words: 0, own: false, reflection: true, sources: false });
  assert.equal(canHandIn(missing(sources, silent, 1), silent, 1), false);
  const written = { ...drawing, text: "бір" };
  assert.deepEqual(missing(sources, written, 2), { words: 2, own: true, reflection: false, sources: true });
});

test("a short draft goes a second after the last key, the longest no more often than the server takes it", () => {
  const short = { text: "бір екі", ownContribution: "", reflection: "", sources: [] };
  const long = { text: "ә".repeat(8000), ownContribution: "ә".repeat(1000), reflection: "", sources: ["ә".repeat(300)] };
  assert.equal(saveIn(short, undefined), 1000);
  assert.equal(saveIn(short, 5), 1000);
  assert.equal(saveIn(long, undefined), 1000);
  assert.equal(saveIn(long, 300), 9000);
  assert.equal(saveIn(long, 60_000), 1000);
});
