import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/preact";
import { say, t } from "../../src/i18n";
import { w } from "../../src/i18n/student";
import type { AiPolicy, Exchange } from "../../src/protocol/types";
import { TutorCard } from "../../src/screens/student/TutorView";
import { entity, fakeLesson } from "../fakeLesson";
import { all, inEachLanguage, show } from "./screen";

afterEach(cleanup);

const at = "2026-09-01T09:00:00Z";
const exchange = (part: Partial<Exchange>): Exchange => ({ studentId: "a", stepId: "s", question: "Неге көк?", at, ...part });
const step = (aiPolicy: AiPolicy) => entity("step", "s", { hasPrompts: false, student: all("x"), aiPolicy });
const me = entity("me", "", { studentId: "a", nickname: "Айсұлу", language: "kk", level: "simple" });

test("the tutor's thread is shown in each language: question, answer with its badge, who read it", () => {
  inEachLanguage((language) => {
    const provenance = { provider: "openai", model: "m", template: "t", tokens: 1, milliseconds: 1, cached: false };
    const lesson = fakeLesson([
      me,
      step("ask"),
      entity("exchange", "x", exchange({ answer: "Жарық шашырайды.", provenance })),
      entity("thread", "a", { studentId: "a", count: 1, openings: [{ by: "Ерлан", reason: "көмек", at }] }),
    ]);
    lesson.modelWrites.value = true;
    const page = show(lesson, <TutorCard stepId="s" />, language);
    assert.match(page.textContent ?? "", new RegExp(w().tutor.title));
    fireEvent.click(screen.getByTestId("tutor-door"));
    assert.ok(screen.getByText("Жарық шашырайды.").closest("[data-ai=model]"));
    screen.getByRole("button", { name: t().ai });
    assert.ok(screen.getByTestId("opening").textContent?.includes("көмек"));
    screen.getByText(w().tutor.ask);
    cleanup();
  });
});

test("a question is sent to the tutor once, and its field is empty when it was taken", async () => {
  const lesson = fakeLesson([me, step("ask")], [], true);
  show(lesson, <TutorCard stepId="s" />);
  fireEvent.click(screen.getByTestId("tutor-door"));
  const send = screen.getByTestId<HTMLButtonElement>("tutor-send");
  assert.equal(send.disabled, true, "nothing is written yet");
  fireEvent.input(screen.getByTestId("tutor-text"), { target: { value: "  Аспан неге көк?  " } });
  fireEvent.click(send);
  await waitFor(() => assert.equal(screen.getByTestId<HTMLTextAreaElement>("tutor-text").value, ""));
  const [command, ...more] = lesson.sent;
  assert.equal(command?.name, "AskTutor");
  assert.deepEqual({ ...command?.fields, exchangeId: "" }, { exchangeId: "", stepId: "s", text: "Аспан неге көк?" });
  assert.deepEqual(more, []);
});

test("without a question asked it says that the class sees nothing; where the step allows none there is no card", () => {
  inEachLanguage((language) => {
    const page = show(fakeLesson([me, step("draft")], [], true), <TutorCard stepId="s" />, language);
    assert.ok(page.textContent?.includes(w().tutor.private));
    cleanup();
    assert.equal(show(fakeLesson([me, step("none")], [], true), <TutorCard stepId="s" />, language).textContent, "");
    cleanup();
  });
});

test("a failed answer says why and can be asked for again; a refused question keeps its text", async () => {
  const lesson = fakeLesson([me, step("ask"), entity("exchange", "x", exchange({ failure: "tutor-cut" }))], [], true);
  lesson.reply = { seq: 0, refusal: { code: "lesson-ended" } };
  show(lesson, <TutorCard stepId="s" />, "ru");
  fireEvent.click(screen.getByTestId("tutor-door"));
  screen.getByText(say("tutor-cut"));
  fireEvent.click(screen.getByTestId("ask-tutor-again"));
  await waitFor(() => assert.equal(lesson.sent.length, 1));
  assert.deepEqual({ ...lesson.sent[0]?.fields, exchangeId: "" }, { exchangeId: "", stepId: "s", text: "Неге көк?" });
  fireEvent.input(screen.getByTestId("tutor-text"), { target: { value: "Тағы" } });
  fireEvent.click(screen.getByTestId("tutor-send"));
  await screen.findByText(say("lesson-ended"));
  assert.equal(screen.getByTestId<HTMLTextAreaElement>("tutor-text").value, "Тағы");
});

test("without a model there is no door to the AI; what was asked before is read, and nothing can be asked", () => {
  inEachLanguage((language) => {
    assert.equal(show(fakeLesson([me, step("ask")]), <TutorCard stepId="s" />, language).textContent, "");
    cleanup();
    show(fakeLesson([me, step("ask"), entity("exchange", "x", exchange({ failure: "tutor-cut" }))]), <TutorCard stepId="s" />, language);
    fireEvent.click(screen.getByTestId("tutor-door"));
    screen.getByText(w().tutor.closed);
    assert.equal(screen.queryByTestId("tutor-text"), null);
    assert.equal(screen.queryByTestId("ask-tutor-again"), null);
    cleanup();
  });
});
