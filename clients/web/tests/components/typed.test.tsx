// The fields of a child's phone: what was given without a line, half a sentence, and what a page of before had sent in vain.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/preact";
import { onDevice } from "../../src/device/kept";
import { restoresRefused } from "../../src/lesson/typed";
import type { Entities } from "../../src/protocol/types";
import { QuestionView } from "../../src/screens/student/QuestionView";
import { TalkView } from "../../src/screens/student/TalkView";
import { entity, type FakeLesson, fakeLesson } from "../fakeLesson";
import { all, show } from "./screen";

const me = { studentId: "d", nickname: "Дана", language: "kk", level: "simple", team: 1 } as unknown as Entities["me"];
const question = {
  stepId: "s1",
  kind: "open",
  text: all("Неге?"),
  options: [],
  min: 0,
  max: 0,
  round: 1,
  status: "open",
  askedAt: "2026-11-28T04:00:00Z",
} as unknown as Entities["question"];
const prompt = {
  prompt: { id: "p", question: all("?"), make: all("?"), materials: all("?"), roles: [], sharing: all("?"), minutes: 5 },
  provenance: { provider: "prepared" },
  pickedAt: "2026-11-28T04:00:00Z",
  shared: false,
} as unknown as Entities["prompt"];

const lessonWith = (...more: ReturnType<typeof entity>[]): FakeLesson => fakeLesson([entity("me", "", me), ...more]);
const field = (): HTMLTextAreaElement => document.querySelector("textarea") as HTMLTextAreaElement;

test("an answer without a reply stands there as it was given, also on a page that came later", async () => {
  const lesson = lessonWith(entity("question", "q", question));
  lesson.reply = undefined;
  lesson.outbox.send("GiveAnswer", { questionId: "q", options: [], text: "Жарық керек" }, "answer/q/1/");
  show(lesson, <QuestionView id="q" question={question} />);
  assert.equal(document.querySelector(".own b")?.textContent, "Жарық керек");
  assert.equal(document.querySelector("form"), null);
  cleanup();
});

test("an idea without a reply is among the ideas, and says that it is on its way", () => {
  const lesson = lessonWith();
  lesson.reply = undefined;
  show(lesson, <TalkView stepId="s3" prompt={prompt} />);
  fireEvent.input(field(), { target: { value: "Терек" } });
  fireEvent.submit(document.querySelector("form") as HTMLFormElement);
  assert.match(screen.getByTestId("unsent-idea").textContent ?? "", /Терек/);
  assert.equal(field().value, "");
  cleanup();
});

test("half a sentence stays over a part of the page that goes and comes, and is told to the child's next phone", async () => {
  const lesson = lessonWith();
  show(lesson, <TalkView stepId="s3" prompt={prompt} />);
  fireEvent.input(field(), { target: { value: "Жапырақ жа" } });
  cleanup();
  await waitFor(() =>
    assert.deepEqual(
      lesson.sent.map((s) => s.fields),
      [{ field: "idea", of: "s3", text: "Жапырақ жа" }],
    ),
  );
  const elsewhere = lessonWith(
    entity("typed", "d/idea/s3", { studentId: "d", field: "idea", of: "s3", round: 0, text: "Жапырақ жа" } as Entities["typed"]),
  );
  onDevice.set("ortaq.typed/d/idea/s3/0", undefined);
  show(elsewhere, <TalkView stepId="s3" prompt={prompt} />);
  assert.equal(field().value, "Жапырақ жа");
  fireEvent.submit(document.querySelector("form") as HTMLFormElement);
  await waitFor(() => assert.deepEqual(elsewhere.sent.at(-1)?.fields, { field: "idea", of: "s3", text: "" }));
  cleanup();
});

test("words that were refused to an earlier page are in their field again", () => {
  const lesson = lessonWith();
  show(lesson, <TalkView stepId="s9" prompt={prompt} />);
  const end = restoresRefused(lesson);
  lesson.outbox.refused.value = {
    name: "Contribute",
    refusal: { code: "step-not-reached", args: {} },
    late: true,
    fields: { contributionId: "c", stepId: "s9", text: "Жоғалмасын" },
  };
  return waitFor(() => assert.equal(field().value, "Жоғалмасын")).finally(() => {
    end();
    cleanup();
  });
});

test("refused words of another child of the phone are its own again, and two of them are both there", () => {
  const lesson = lessonWith();
  const end = restoresRefused(lesson);
  for (const text of ["Бірінші", "Екінші"]) {
    lesson.outbox.refused.value = {
      name: "Contribute",
      refusal: { code: "step-not-reached", args: {} },
      late: true,
      fields: { contributionId: text, stepId: "s9", text },
      for: ["e"],
    };
  }
  end();
  assert.equal(onDevice.get("ortaq.typed/e/idea/s9/0"), "Екінші\nБірінші");
});

test("what the lesson does not have stays on the device, whatever was said of it", async () => {
  const lesson = lessonWith();
  show(lesson, <TalkView stepId="s8" prompt={prompt} />);
  fireEvent.input(field(), { target: { value: "Жабылған сұраққа" } });
  cleanup();
  await waitFor(() => assert.deepEqual(lesson.sent.at(-1)?.fields, { field: "idea", of: "s8", text: "Жабылған сұраққа" }));
  await new Promise((done) => setImmediate(done));
  assert.equal(onDevice.get("ortaq.typed/d/idea/s8/0"), "Жабылған сұраққа");
});
