import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/preact";
import { t } from "../../src/i18n";
import { w as student } from "../../src/i18n/student";
import { w } from "../../src/i18n/teacher";
import type { Feedback, FeedbackItem, Task } from "../../src/protocol/types";
import { FeedbackView } from "../../src/screens/student/FeedbackView";
import { WorkEditor } from "../../src/screens/student/WorkEditor";
import { Queue } from "../../src/screens/teacher/feedback/Queue";
import { entity, fakeLesson } from "../fakeLesson";
import { all, inEachLanguage, show } from "./screen";

afterEach(cleanup);

const task: Task = {
  title: all("Эссе"),
  text: all("Жазыңыз"),
  aiPolicy: "none",
  minOwnWords: 5,
  asksReflection: false,
  asksSources: false,
  criteria: [{ id: "k", title: all("Мазмұн"), descriptors: ["d", "e"].map((id) => ({ id, text: all(`Дәлел ${id}`) })) }],
};
const evidence: FeedbackItem = { descriptorId: "d", quote: "күн жарық береді", nextStep: "" };
const nothing: FeedbackItem = { descriptorId: "e", quote: "", nextStep: "" };
const feedback = (studentId: string, part: Partial<Feedback> = {}): Feedback => ({
  studentId,
  stepId: "s",
  workVersion: 1,
  status: "draft",
  items: [evidence, nothing],
  note: "",
  edited: false,
  droppedQuotes: 0,
  opened: false,
  ...part,
});
const work = (studentId: string) =>
  entity("work", `${studentId}/s`, {
    studentId,
    stepId: "s",
    status: "handedIn",
    version: 1,
    words: 3,
    savedAt: "2026-09-01T09:00:00Z",
    submission: "Күн жарық береді.",
  });
const queue = <Queue stepId="s" task={task} />;
const class2 = [entity("seat", "a", { nickname: "Айсұлу" }), entity("seat", "b", { nickname: "Барыс" }), work("a"), work("b")];

test("a draft is folded until it is opened; the button for all says how many are not, and releases the opened ones", async () => {
  const lesson = fakeLesson([
    ...class2,
    entity("feedback", "fa", feedback("a")),
    entity("feedback", "fb", feedback("b", { opened: true })),
  ]);
  show(lesson, queue);
  assert.ok(screen.getByTestId("unread").textContent?.includes(w().work.unread(1)));
  assert.equal(screen.getByTestId("feedback-fa").querySelector(".fb-item"), null);
  assert.equal(screen.queryByTestId("release-fa"), null);
  fireEvent.click(screen.getByTestId("open-feedback-fa"));
  await waitFor(() => assert.deepEqual(lesson.sent.at(-1), { name: "OpenFeedback", fields: { feedbackId: "fa" } }));
  fireEvent.click(screen.getByTestId("approve-read"));
  await waitFor(() => assert.deepEqual(lesson.sent.at(-1), { name: "ReleaseFeedback", fields: { feedbackIds: ["fb"] } }));
});

test("what was opened and is left for later is not released with the others", () => {
  const opened = { opened: true };
  show(fakeLesson([...class2, entity("feedback", "fa", feedback("a", opened)), entity("feedback", "fb", feedback("b", opened))]), queue);
  assert.ok(screen.getByTestId("approve-read").textContent?.includes(w().work.releaseRead(2)));
  fireEvent.click(screen.getByTestId("read-fa"));
  assert.ok(screen.getByTestId("approve-read").textContent?.includes(w().work.releaseRead(1)));
});

test("a draft without a verdict says so to the teacher, and one that says nothing cannot be released", () => {
  inEachLanguage((language) => {
    const lesson = fakeLesson([...class2, entity("feedback", "fa", feedback("a", { opened: true, items: [nothing] }))]);
    show(lesson, queue, language);
    screen.getByText(w().work.noVerdict);
    screen.getByText(w().work.saysNothing);
    assert.equal(screen.getByTestId("release-fa").hasAttribute("disabled"), true);
    cleanup();
  });
});

test("the author's next step follows the verdict until another is written, and can be taken without one", async () => {
  const hints = [{ descriptorId: "d", notYet: "Баста", partly: "Қос", met: "Тексер" }];
  const lesson = fakeLesson([...class2, entity("feedback", "fa", feedback("a", { opened: true, hints }))]);
  show(lesson, queue);
  fireEvent.click(screen.getByTestId("edit-fa"));
  const next = () => (screen.getByTestId("feedback-fa").querySelectorAll("fieldset textarea")[0] as HTMLTextAreaElement).value;
  fireEvent.click(screen.getByTestId("verdict-d-partly"));
  assert.equal(next(), "Қос");
  fireEvent.click(screen.getByTestId("verdict-d-met"));
  assert.equal(next(), "Тексер");
  fireEvent.click(screen.getByTestId("verdict-d-none"));
  fireEvent.click(screen.getByTestId("hint-d-notYet"));
  fireEvent.click(screen.getByTestId("save-fa"));
  await waitFor(() => assert.equal(lesson.sent.at(-1)?.name, "EditFeedback"));
  assert.deepEqual(lesson.sent.at(-1)?.fields, { feedbackId: "fa", items: [{ ...evidence, nextStep: "Баста" }, nothing], note: "" });
});

test("a child reads the words and no verdict where none was given, and nothing of a descriptor of which nothing was said", () => {
  inEachLanguage((language) => {
    const released = feedback("a", { status: "released" });
    const page = show(fakeLesson([]), <FeedbackView id="fa" feedback={released} task={task} over={false} />, language);
    assert.equal(page.querySelectorAll("article.item").length, 1);
    screen.getByText(evidence.quote);
    for (const verdict of Object.values(t().verdicts)) assert.equal(screen.queryByText(verdict), null);
    cleanup();
  });
});

test("fewer words than are asked for can be handed in, and the child is told how many are missing", async () => {
  for (const language of ["kk", "ru", "en"] as const) {
    const lesson = fakeLesson([]);
    const page = show(lesson, <WorkEditor studentId="a" keptAs="a" stepId="s" task={task} work={undefined} />, language);
    assert.equal(page.querySelector(".editor > button"), null, "nothing was written");
    fireEvent.input(page.querySelector("textarea") as HTMLTextAreaElement, { target: { value: "Күн жарық береді" } });
    assert.ok(screen.getByTestId("lacks").textContent?.includes(student().work.missing.words(2)));
    fireEvent.click(page.querySelector(".editor > button") as HTMLElement);
    screen.getByText(student().work.handInShort(2));
    fireEvent.click(page.querySelector(".editor [role=group] button") as HTMLElement);
    await waitFor(() => assert.equal(lesson.sent.at(-1)?.name, "HandIn"));
    cleanup();
    localStorage.clear();
  }
});
