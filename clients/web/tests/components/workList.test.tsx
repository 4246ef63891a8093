import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/preact";
import { say, t } from "../../src/i18n";
import { w as p } from "../../src/i18n/photos";
import { w } from "../../src/i18n/teacher";
import type { Feedback, Task, Work } from "../../src/protocol/types";
import { Queue } from "../../src/screens/teacher/feedback/Queue";
import { WorkList } from "../../src/screens/teacher/work/WorkList";
import { entity, fakeLesson } from "../fakeLesson";
import { all, inEachLanguage, show } from "./screen";

afterEach(cleanup);

const at = "2026-09-01T09:00:00Z";
const task: Task = {
  title: all("Эссе"),
  text: all("Жазыңыз"),
  aiPolicy: "none",
  minOwnWords: 1,
  asksReflection: false,
  asksSources: false,
  criteria: [{ id: "k", title: all("Мазмұн"), descriptors: [{ id: "d", text: all("Дәлел") }] }],
};
const seat = (id: string, nickname: string) => entity("seat", id, { nickname });
const work = (studentId: string, part: Partial<Work> = {}) =>
  entity("work", `${studentId}/s`, {
    studentId,
    stepId: "s",
    status: "handedIn",
    version: 1,
    words: 21,
    savedAt: at,
    ...part,
  });
const feedback = (part: Partial<Feedback>) =>
  entity("feedback", "f", {
    studentId: "a",
    stepId: "s",
    workVersion: 1,
    status: "draft",
    items: [],
    note: "",
    edited: false,
    droppedQuotes: 0,
    ...part,
  });
const two = [
  seat("a", "Айсұлу"),
  seat("b", "Барыс"),
  work("a", { submission: "Күн жарық береді.", handedInAt: at }),
  work("b", { status: "draft", words: 3 }),
];
const list = <WorkList stepId="s" task={task} />;

test("works are listed in each language, handed in first, with their words and their state", () => {
  inEachLanguage((language) => {
    const page = show(fakeLesson(two), list, language);
    const rows = [...page.querySelectorAll("li.work")].map((row) => row.textContent ?? "");
    assert.equal(rows.length, 2);
    assert.ok(rows[0]?.includes("Айсұлу") && rows[0].includes(t().words(21)) && rows[0].includes(w().work.status.handedIn), rows[0]);
    assert.ok(rows[1]?.includes("Барыс") && rows[1].includes(w().work.status.draft), rows[1]);
    cleanup();
  });
});

test("feedback is asked for a work that was handed in, and for no other", async () => {
  const lesson = fakeLesson(two);
  show(lesson, list);
  assert.equal(screen.queryByTestId("request-feedback-b"), null);
  fireEvent.click(screen.getByTestId("request-feedback-a"));
  await waitFor(() => assert.equal(lesson.sent.length, 1));
  const [sent] = lesson.sent;
  assert.deepEqual(
    { ...sent, fields: { ...sent?.fields, feedbackId: "" } },
    {
      name: "RequestFeedback",
      fields: { feedbackId: "", studentId: "a", stepId: "s" },
    },
  );
});

test("an opened work shows the submission beside the previous one, what changed marked in both", () => {
  const improved = work("a", { version: 2, submission: "Күн жарық пен жылу береді.", previousSubmission: "Күн жарық береді." });
  show(fakeLesson([seat("a", "Айсұлу"), improved]), list);
  const compared = screen.getByTestId("compared");
  assert.equal(compared.querySelector("ins")?.textContent?.trim(), "пен жылу");
  within(compared).getByText(w().work.before);
  within(compared).getByText(w().work.now);
});

test("without a work it says so in each language", () => {
  inEachLanguage((language) => {
    show(fakeLesson([seat("a", "Айсұлу")]), list, language);
    screen.getByText(w().work.noWorks);
    cleanup();
  });
});

test("feedback that failed says why and can be asked for again; a refusal is said beside the button", async () => {
  const lesson = fakeLesson([...two, feedback({ status: "failed", failure: "tutor-cut" })]);
  lesson.reply = { seq: 0, refusal: { code: "lesson-ended" } };
  const page = show(lesson, list, "ru");
  assert.ok(page.querySelector(".refused")?.textContent?.includes(say("tutor-cut")));
  fireEvent.click(screen.getByTestId("request-feedback-a"));
  await screen.findByText(say("lesson-ended"));
});

test("a work has its photos beside it, and says that no AI has seen them", () => {
  const photo = (id: string, studentId: string) => entity("photo", id, { studentId, stepId: "s", shot: id, width: 4, height: 3, at });
  const lesson = fakeLesson([...two, photo("p1", "a"), photo("p2", "a"), photo("p3", "b")]);
  inEachLanguage((language) => {
    show(lesson, <WorkList stepId="s" task={task} />, language);
    fireEvent.click(screen.getByTestId("open-work-a"));
    assert.equal(screen.getAllByTestId(/^photo-/).length, 2, language);
    assert.ok(screen.getByText(p().unseen));
    assert.ok(screen.getByTestId("open-work-a").textContent?.includes(p().one(2)));
    cleanup();
  });
});

test("a work of photos alone lacks no words, and what was drafted of it says that no AI has seen them", () => {
  const photo = entity("photo", "p1", { studentId: "a", stepId: "s", shot: "p1", width: 4, height: 3, at });
  const only = [seat("a", "Айсұлу"), work("a", { words: 0, handedInAt: at })];
  const needs = { ...task, minOwnWords: 40 };
  show(fakeLesson(only), <WorkList stepId="s" task={needs} />);
  assert.ok(screen.getByTestId("open-work-a").textContent?.includes(w().work.fewer(40)));
  cleanup();
  show(fakeLesson([...only, photo]), <WorkList stepId="s" task={needs} />);
  assert.ok(!screen.getByTestId("open-work-a").textContent?.includes(w().work.fewer(40)));
  cleanup();
  const draft = feedback({ opened: true, items: [{ descriptorId: "d", verdict: "met", quote: "", nextStep: "" }] });
  show(fakeLesson([...only, draft]), <Queue stepId="s" task={task} />);
  assert.equal(screen.queryByText(p().unseen), null);
  cleanup();
  show(fakeLesson([...only, photo, draft]), <Queue stepId="s" task={task} />);
  screen.getByText(p().unseen);
});
