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
  student: (q: Question) => <Results id="q" q={q} said={[{ child: { id: "a", nickname: "Дана" }, answer }]} />,
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

test("a board shows both rounds of a question that was asked again, each named, and the first alone as it is", () => {
  const names = { kk: ["Бұған дейін", "Қазір"], ru: ["До этого", "Сейчас"], en: ["Before", "Now"] };
  const round = (n: number, answered: number, ...counts: [string, number][]) => ({
    round: n,
    answered,
    counts: counts.map(([key, count]) => ({ key, count })),
  });
  const twice = (...rounds: ReturnType<typeof round>[]) => fakeLesson([entity("tally", "q", { answered: 8, rounds })]);
  const option = (id: string, correct = false) => ({ id, text: all(id), correct });
  const single = question({ kind: "single", options: [option("a"), option("b", true)], round: 2 });
  const texts = (page: Element, css: string) => [...page.querySelectorAll(css)].map((e) => e.textContent);
  inEachLanguage((language) => {
    const page = show(twice(round(1, 10, ["a", 8], ["b", 2]), round(2, 8, ["b", 6], ["a", 2])), screens.board(single), language);
    assert.deepEqual(texts(page, ".rounds > span"), [...names[language], ...names[language]]);
    assert.deepEqual(texts(page, ".rounds > b"), ["8", "2", "2", "6"]);
    assert.deepEqual(
      [...page.querySelectorAll(".rounds .bar > i")].map((e) => (e as HTMLElement).style.width),
      ["80%", "25%", "20%", "75%"],
    );
    cleanup();
    const scale = show(twice(round(1, 9, ["1", 9]), round(2, 8, ["3", 8])), screens.board(question({ round: 2 })), language);
    assert.deepEqual(texts(scale, ".both > h3"), names[language]);
    assert.deepEqual(texts(scale, ".both .times"), ["9", "", "", "", "", "8"]);
    cleanup();
    const cloud = show(
      twice(round(1, 1, ["су", 1]), round(2, 1, ["ауа", 1])),
      screens.board(question({ kind: "wordCloud", round: 2 })),
      language,
    );
    assert.deepEqual(texts(cloud, ".cloud"), ["су", "ауа"]);
    cleanup();
  });

  // Amid the second round nobody sees the first; one of three is beside the one before it.
  const open = show(fakeLesson([entity("tally", "q", { answered: 3 })]), screens.board({ ...single, status: "open" }));
  assert.equal(open.querySelector(".rounds, .both, .options b"), null);
  cleanup();
  const first = show(twice(round(1, 10, ["a", 8])), screens.board({ ...single, round: 1 }));
  assert.deepEqual([texts(first, ".options b"), first.querySelector(".rounds")], [["8", "0"], null]);
  cleanup();
  const third = show(
    twice(round(1, 4, ["a", 4]), round(2, 4, ["a", 3], ["b", 1]), round(3, 4, ["b", 4])),
    screens.board({ ...single, round: 3 }),
  );
  assert.deepEqual(texts(third, ".rounds > b"), ["3", "0", "1", "4"]);
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
