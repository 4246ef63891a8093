import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { cleanup, screen } from "@testing-library/preact";
import type { Question } from "../../src/protocol/types";
import { QuestionMain } from "../../src/screens/board/QuestionMain";
import { Results } from "../../src/screens/student/Results";
import { QuestionResults } from "../../src/screens/teacher/ask/QuestionResults";
import { entity, fakeLesson } from "../fakeLesson";
import { all, inEachLanguage, show } from "./screen";

afterEach(cleanup);

const at = "2026-09-01T09:00:00Z";
const question = (part: Partial<Question>): Question => ({
  kind: "scale",
  text: all("Қалай?"),
  options: [],
  min: 1,
  max: 3,
  minLabel: all("Қиын"),
  maxLabel: all("Оңай"),
  round: 1,
  status: "revealed",
  askedAt: at,
  ...part,
});
const tally = (...counts: [string, number][]) =>
  entity("tally", "q", { answered: 9, rounds: [{ round: 1, answered: 9, counts: counts.map(([key, count]) => ({ key, count })) }] });
const answer = { questionId: "q", round: 1, studentId: "a", options: [], scale: 3, at };
const screens = {
  board: (q: Question) => <QuestionMain id="q" question={q} joined={9} />,
  teacher: (q: Question) => <QuestionResults id="q" q={q} />,
  student: (q: Question) => <Results id="q" q={q} answer={answer} />,
};
const shareOf = (element: Element) => Number((element as HTMLElement).style.getPropertyValue("--share"));

test("a counted scale stands on each screen as columns by the highest, told to who cannot see them", () => {
  inEachLanguage((language) => {
    for (const screenOf of Object.values(screens)) {
      const page = show(fakeLesson([tally(["1", 2], ["3", 4])]), screenOf(question({})), language);
      screen.getByRole("img", { name: "1: 2, 2: 0, 3: 4" });
      assert.deepEqual([...page.querySelectorAll(".scale-counts i")].map(shareOf), [0.5, 0, 1]);
      assert.deepEqual(
        [...page.querySelectorAll(".scale-counts .times")].map((e) => e.textContent),
        ["2", "", "4"],
      );
      cleanup();
    }
  });
});

test("a student's own value is marked; a board without results shows the values and what they mean", () => {
  show(fakeLesson([tally(["3", 1])]), screens.student(question({})));
  assert.deepEqual(
    [...document.querySelectorAll(".scale-counts .mine + b")].map((e) => e.textContent),
    ["3"],
  );
  cleanup();
  const page = show(fakeLesson([]), screens.board(question({ status: "open" })));
  assert.equal(page.querySelector(".scaleBoard")?.textContent, "123ҚиынОңай");
  assert.equal(page.querySelector(".scaleBoard [role=img]"), null);
});

test("words stand on each screen by how often they came, as many as it has room for; the teacher has all of them, with numbers", () => {
  const words = Array.from({ length: 50 }, (_, i) => [`сөз${i}`, 50 - i] as [string, number]);
  for (const [name, room] of [
    ["board", 28],
    ["student", 24],
  ] as const) {
    const page = show(fakeLesson([tally(...words)]), screens[name](question({ kind: "wordCloud" })));
    const shown = [...page.querySelectorAll(".cloud > span")];
    assert.equal(shown.length, room, name);
    assert.equal(shareOf(shown[1] as Element), 0.98);
    assert.equal(shown[0]?.textContent, "сөз0");
    cleanup();
  }
  const page = show(fakeLesson([tally(...words)]), screens.teacher(question({ kind: "wordCloud" })));
  const all = [...page.querySelectorAll(".words > li")];
  assert.equal(all.length, words.length, "any word can be taken off");
  assert.equal(all[0]?.firstElementChild?.textContent, "сөз0 50");
  assert.equal(all.at(-1)?.firstElementChild?.textContent, "сөз49");
});
