import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { cleanup, fireEvent, screen } from "@testing-library/preact";
import { w } from "../../src/i18n/teacher";
import type { Kit } from "../../src/protocol/http";
import { NewLesson } from "../../src/screens/teacher/home/NewLesson";
import { Notes } from "../../src/screens/teacher/parts/Notes";
import { fakeLesson } from "../fakeLesson";
import { all, inEachLanguage, show } from "./screen";

afterEach(cleanup);

const lesson = { subject: all("Биология"), gradeFrom: 7, gradeTo: 7, minutes: 40, steps: [] };
const kits: Kit[] = [
  {
    id: "k",
    version: "1",
    title: all("Жинақ"),
    lessons: [
      {
        ...lesson,
        id: "leaf",
        title: all("Жапырақ"),
        preparation: {
          prerequisite: all("Жасуша"),
          goals: [all("Не қажетін айтады")],
          materials: [{ text: all("Екі банка"), hourBefore: true }, { text: all("Қарындаш") }],
        },
      },
      { ...lesson, id: "bare", title: all("Құр") },
    ],
  },
];
const picture = (name: string) => ({ hash: name, width: 96, height: 54, alt: all(name), credit: "Ortaq" });

test("before a lesson is opened its card says what is wanted an hour before, and beside it stand goals and materials", () => {
  inEachLanguage((language) => {
    show(fakeLesson([]), <NewLesson kits={kits} onCancel={() => {}} />, language);
    const card = screen.getByTestId("lesson-k-leaf").textContent ?? "";
    assert.ok(card.includes(`${w().prepare.hourBefore}: Екі банка`) && !card.includes("Қарындаш"), card);
    const beside = screen.getByTestId("kit-preparation").textContent ?? "";
    for (const part of ["Екі банка", "Қарындаш", "Не қажетін айтады", "Жасуша", w().prepare.goals, w().prepare.materials]) {
      assert.ok(beside.includes(part), `${part} in ${beside}`);
    }
    fireEvent.click(screen.getByTestId("lesson-k-bare"));
    assert.equal(screen.queryByTestId("kit-preparation"), null);
    assert.ok(!screen.getByTestId("lesson-k-bare").textContent?.includes(w().prepare.hourBefore));
    cleanup();
  });
});

test("the teacher sees what the board shows, and what the phones show where it is another picture", () => {
  inEachLanguage((language) => {
    const step = { hasPrompts: false, board: all("Бөлшек"), image: picture("small") };
    const one = show(fakeLesson([]), <Notes step={step} />, language);
    assert.deepEqual(
      [...one.querySelectorAll("img")].map((i) => i.alt),
      ["small"],
    );
    cleanup();
    const two = show(fakeLesson([]), <Notes step={{ ...step, boardImage: picture("large") }} />, language);
    assert.deepEqual(
      [...two.querySelectorAll("img")].map((i) => i.alt),
      ["large", "small"],
    );
    assert.ok(screen.getByTestId("phones-picture").textContent?.includes(w().step.onPhones));
    cleanup();
  });
});
