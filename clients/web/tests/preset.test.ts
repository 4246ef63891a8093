import assert from "node:assert/strict";
import { test } from "node:test";
import type { Kit } from "../src/protocol/http";
import { keepPreset, keyOf, presetOf } from "../src/screens/teacher/home/preset";

const text = (word: string) => ({ kk: word, ru: word, en: word });
const kit = (id: string, ...lessons: string[]): Kit => ({
  id,
  version: "1",
  title: text(id),
  lessons: lessons.map((lesson) => ({
    id: lesson,
    title: text(lesson),
    subject: text(""),
    gradeFrom: 5,
    gradeTo: 6,
    minutes: 40,
    steps: [],
  })),
});

test("the lesson that was chosen last is preset, the first where there is none by that name any more", () => {
  const three = kit("b", "two", "three");
  const kits = [kit("a", "one"), three];
  const named = (all: Kit[]) => {
    const preset = presetOf(all);
    return preset && keyOf(preset);
  };
  assert.equal(named([]), undefined);
  assert.equal(named(kits), "a/one");
  for (const lesson of three.lessons) keepPreset({ kit: three, lesson });
  assert.equal(named(kits), "b/three");
  assert.equal(named([kit("a", "one"), kit("b", "two")]), "a/one");
  assert.equal(named([kit("empty")]), undefined);
});
