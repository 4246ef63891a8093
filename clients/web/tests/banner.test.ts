import assert from "node:assert/strict";
import { test } from "node:test";
import { t } from "../src/i18n";
import { type Banner, bannerParts } from "../src/ui/banner";

const everyLanguage = [t("kk"), t("ru"), t("en")];
const well: Banner = { state: "live", waiting: false, unsent: 0, saves: true };

test("there is no banner while all is well, or while a command is simply on its way", () => {
  assert.deepEqual(bannerParts(well), []);
  assert.deepEqual(bannerParts({ ...well, unsent: 1 }), []);
});

test("a teacher who does nothing sees that the server can store nothing", () => {
  assert.deepEqual(bannerParts({ ...well, saves: false }), ["notSaving"]);
});

test("the server's trouble is not blamed on the connection", () => {
  assert.deepEqual(bannerParts({ ...well, saves: false, waiting: true, unsent: 2 }), ["notSaving"]);
});

test("without a connection nothing is known of the server, and what waits is counted", () => {
  assert.deepEqual(bannerParts({ state: "offline", waiting: true, unsent: 2, saves: false }), ["offline", "unsent"]);
  // But where it has said so itself.
  assert.deepEqual(bannerParts({ state: "offline", waiting: true, unsent: 2, saves: true, held: true }), ["held", "unsent"]);
  assert.deepEqual(bannerParts({ ...well, waiting: true, unsent: 2 }), ["unsent"]);
});

test("the words are calm and say in each language that nothing has to be done", () => {
  for (const words of everyLanguage) assert.doesNotMatch(words.notSaving, /!|ошибк|қате|error|database/i);
  assert.equal(new Set(everyLanguage.map((words) => words.notSaving)).size, 3);
});
