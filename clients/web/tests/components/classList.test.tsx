import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/preact";
import { say } from "../../src/i18n";
import { w } from "../../src/i18n/teacher";
import { ClassList } from "../../src/screens/teacher/roster/ClassList";
import { entity, fakeLesson } from "../fakeLesson";
import { inEachLanguage, show } from "./screen";

afterEach(cleanup);
const field = () => screen.getByTestId<HTMLTextAreaElement>("class-list-text");
const save = () => screen.getByTestId<HTMLButtonElement>("class-list-save");

test("the list says in each language how many names it has and where they stay, and can be saved once it was changed", () => {
  inEachLanguage((language) => {
    show(fakeLesson([entity("roster", "", { names: ["Дана Серікқызы", "Иван Петров"] })]), <ClassList />, language);
    screen.getByText(w().students.list(2));
    screen.getByText(w().students.listHint);
    assert.equal(field().value, "Дана Серікқызы\nИван Петров");
    assert.equal(save().disabled, true);
    cleanup();
  });
});

test("names go one a line, without blanks; more than sixty are not sent; a refusal keeps the text", async () => {
  const lesson = fakeLesson();
  show(lesson, <ClassList />);
  fireEvent.input(field(), { target: { value: "  Дана Серікқызы \n\n Иван Петров" } });
  fireEvent.click(save());
  await waitFor(() => assert.equal(lesson.sent.length, 1));
  const [command] = lesson.sent;
  assert.equal(command?.name, "SetRoster");
  assert.deepEqual({ ...command?.fields, rosterId: "" }, { rosterId: "", names: ["Дана Серікқызы", "Иван Петров"] });
  fireEvent.input(field(), { target: { value: Array.from({ length: 61 }, (_, i) => `Оқушы ${i}`).join("\n") } });
  assert.equal(save().disabled, true);
  lesson.reply = { seq: 0, refusal: { code: "lesson-ended" } };
  fireEvent.input(field(), { target: { value: "Арман" } });
  fireEvent.click(save());
  await screen.findByText(say("lesson-ended"));
  assert.equal(field().value, "Арман");
});
