import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/preact";
import { say, t } from "../../src/i18n";
import { w } from "../../src/i18n/teacher";
import type { Explanation, Pace, Step, VariantState } from "../../src/protocol/types";
import { ExplanationMain } from "../../src/screens/board/ExplanationMain";
import { Explain } from "../../src/screens/teacher/explain/Explain";
import { entity, fakeLesson } from "../fakeLesson";
import { all, inEachLanguage, show } from "./screen";

beforeEach(() => sessionStorage.clear());
afterEach(cleanup);

const at = "2026-09-01T09:00:00Z";
const pace: Pace = { phase: "live", stepId: "s", startedAt: at, locked: false, joined: 20, aiOn: true, boardVariant: "kk-simple" };
const step: Step = { hasPrompts: false, topics: [{ id: "t", topic: all("Фотосинтез") }] };
const explanation = (variant: Partial<VariantState>, part: Partial<Explanation> = {}) =>
  entity("explanation", "e", {
    number: 1,
    stepId: "s",
    topic: all("Фотосинтез"),
    mode: "plain",
    sentences: [],
    status: "finished",
    startedAt: at,
    boardVariant: "kk-simple",
    variants: [{ variant: "kk-simple", status: "finished", epoch: 1, length: 8, ...variant }],
    ...part,
  });
const panel = <Explain stepId="s" step={step} pace={pace} folded={false} />;

test("a finished explanation is shown in each language, its sentences with how many are lost", () => {
  inEachLanguage((language) => {
    const lesson = fakeLesson([
      explanation({}),
      entity("step", "s", step),
      entity("heat", "e", { spots: [{ variant: "kk-simple", sentence: 1, count: 6, readers: 12 }] }),
    ]);
    lesson.texts.append(1, "kk-simple", 1, 0, "Су. Күн.", [3, 8]);
    const page = show(lesson, panel, language);
    assert.match(screen.getByTestId("sentence-1").className, /\bh3\b/);
    assert.doesNotMatch(screen.getByTestId("sentence-0").className, /\bh\d\b/);
    assert.equal(page.querySelector(".heat-note")?.textContent, "6");
    screen.getByText(t().prepared);
    assert.ok(page.textContent?.includes(w().explain.wholePrepared), "prepared text is told as a whole");
    cleanup();
  });
});

test("heat is out of those who read that text, on the console and on the board: a class reads several", () => {
  const told = explanation({});
  const e = told.v as Explanation;
  for (const screenOf of [panel, <ExplanationMain id="e" explanation={e} key="board" />]) {
    for (const [readers, step] of [
      [4, "h3"],
      [20, "h2"],
    ] as const) {
      const other = { variant: "ru-simple" as const, sentence: 0, count: 9, readers: 9 };
      const lesson = fakeLesson([
        told,
        entity("pace", "", pace),
        entity("heat", "e", { spots: [{ variant: "kk-simple", sentence: 1, count: 3, readers }, other] }),
      ]);
      lesson.texts.append(1, "kk-simple", 1, 0, "Су. Күн.", [3, 8]);
      const page = show(lesson, screenOf);
      assert.deepEqual(
        [...page.querySelectorAll(".s")].map((s) => /\bh\d\b/.exec(s.className)?.[0]),
        [undefined, step],
      );
      cleanup();
    }
  }
});

test("a model's whole text can be called bad and asked for anew, an author's cannot", async () => {
  const source = { model: "m", template: "explain.kk@2", tokens: 3, milliseconds: 9, cached: true };
  const lesson = fakeLesson([explanation({ provenance: { ...source, provider: "host" } })], [], true);
  lesson.texts.append(1, "kk-simple", 1, 0, "Су. Күн.", [3, 8]);
  show(lesson, panel);
  fireEvent.click(screen.getByTestId("discard-explanation"));
  fireEvent.click(screen.getByTestId("discard-explanation-yes"));
  await waitFor(() => assert.equal(lesson.sent.length, 1));
  assert.deepEqual(lesson.sent, [
    { name: "RetryExplanation", fields: { explanationId: "e", variant: "kk-simple", continue: false, discard: true } },
  ]);
  cleanup();
  show(fakeLesson([explanation({ provenance: { ...source, provider: "prepared" } })], [], true), panel);
  assert.equal(screen.queryByTestId("discard-explanation"), null);
});

test("a topic, own words and the hottest sentence are sent as requests for an explanation", async () => {
  const heat = entity("heat", "e", { spots: [{ variant: "kk-simple", sentence: 1, count: 6, readers: 12 }] });
  const lesson = fakeLesson([explanation({}), heat], [], true);
  lesson.texts.append(1, "kk-simple", 1, 0, "Су. Күн.", [3, 8]);
  show(lesson, panel);
  fireEvent.click(screen.getByTestId("explain-topic-t"));
  fireEvent.input(screen.getByTestId("explain-words"), { target: { value: " Хлорофилл " } });
  fireEvent.click(screen.getByTestId("preview-switch"));
  fireEvent.click(screen.getByTestId("explain-go"));
  fireEvent.click(screen.getByTestId("again-life"));
  await waitFor(() => assert.equal(lesson.sent.length, 3));
  const common = { name: "RequestExplanation", stepId: "s" };
  assert.deepEqual(
    lesson.sent.map(({ name, fields }) => ({ name, ...fields, explanationId: "" })),
    [
      { ...common, explanationId: "", mode: "plain", sentences: [], topicId: "t" },
      { ...common, explanationId: "", mode: "plain", sentences: [], words: "Хлорофилл", preview: true },
      { ...common, explanationId: "", mode: "life", of: "e", ofVariant: "kk-simple", sentences: [1] },
    ],
  );
  assert.equal(screen.getByTestId<HTMLInputElement>("explain-words").value, "");
});

test("before the first explanation there are topics and a field, and nothing to press without words", () => {
  inEachLanguage((language) => {
    const page = show(fakeLesson([], [], true), panel, language);
    screen.getByText(w().explain.topics);
    assert.equal(screen.getByTestId<HTMLButtonElement>("explain-go").disabled, true);
    assert.equal(page.querySelector(".tell"), null);
    cleanup();
  });
});

test("a failed variant says why in each language and is continued or begun again", async () => {
  inEachLanguage((language) => {
    const lesson = fakeLesson([explanation({ status: "failed", failure: "tutor-cut" }, { status: "failed" })]);
    show(lesson, panel, language);
    assert.ok(screen.getByTestId("broken").textContent?.includes(w().explain.failed(say("tutor-cut"))));
    assert.equal(screen.queryByTestId("continue-explanation"), null, "nothing came that could be continued");
    cleanup();
  });
  const lesson = fakeLesson([explanation({ status: "failed", failure: "tutor-cut" }, { status: "failed" })]);
  lesson.texts.append(1, "kk-simple", 1, 0, "Су.", [3]);
  lesson.reply = { seq: 0, refusal: { code: "explanation-running" } };
  show(lesson, panel);
  fireEvent.click(screen.getByTestId("continue-explanation"));
  await screen.findByText(say("explanation-running"));
  assert.deepEqual(lesson.sent, [{ name: "RetryExplanation", fields: { explanationId: "e", continue: true } }]);
});

test("where the provider named a time, the seconds that are left stand there and nothing is asked before", () => {
  const at = (ms: number) => new Date(Date.now() + ms).toISOString();
  inEachLanguage((language) => {
    show(
      fakeLesson([explanation({ status: "failed", failure: "tutor-busy", againAt: at(20_000) }, { status: "failed" })]),
      panel,
      language,
    );
    const said = screen.getByTestId("again-in").textContent;
    assert.ok(
      [19, 20, 21].some((s) => said === t().againIn(s)),
      said ?? "",
    );
    assert.equal(screen.getByTestId<HTMLButtonElement>("retry-explanation").disabled, true);
    cleanup();
    show(
      fakeLesson([explanation({ status: "failed", failure: "tutor-busy", againAt: at(-1_000) }, { status: "failed" })]),
      panel,
      language,
    );
    assert.equal(screen.queryByTestId("again-in"), null);
    assert.equal(screen.getByTestId<HTMLButtonElement>("retry-explanation").disabled, false);
    cleanup();
  });
});

test("without AI there is no field for own words, and it says why: there is no model, or it is off", () => {
  inEachLanguage((language) => {
    show(fakeLesson(), panel, language);
    assert.equal(screen.queryByTestId("explain-words"), null);
    screen.getByTestId("explain-topic-t");
    screen.getByText(say("no-ai"));
    cleanup();
    show(fakeLesson(), <Explain stepId="s" step={step} pace={{ ...pace, aiOn: false }} folded={false} />, language);
    assert.equal(screen.queryByTestId("explain-words"), null);
    screen.getByText(w().explain.aiOff);
    cleanup();
  });
});

test("what was stopped goes on once its end is known; until then it can only be begun again", () => {
  const lesson = fakeLesson([explanation({ status: "stopped" }, { status: "stopped" })]);
  lesson.texts.append(1, "kk-simple", 1, 0, "Су.", [3], true);
  show(lesson, panel);
  assert.equal(screen.queryByTestId("continue-explanation"), null);
  screen.getByTestId("retry-explanation");
});

test("a prepared text that stood in is asked of the model again: all of them, or this one alone where another broke off", async () => {
  const source = { provider: "prepared", model: "", template: "", tokens: 0, milliseconds: 0, cached: false, cause: "tutor-busy" };
  for (const other of ["finished", "failed"] as const) {
    const stoodIn: VariantState = { variant: "kk-simple", status: "finished", epoch: 1, length: 8, provenance: source };
    const second: VariantState = {
      variant: "ru-simple",
      status: other,
      epoch: 1,
      length: 8,
      ...(other === "failed" ? { failure: "tutor-cut" } : {}),
    };
    const lesson = fakeLesson([explanation({}, { variants: [stoodIn, second] })], [], true);
    lesson.texts.append(1, "kk-simple", 1, 0, "Су. Күн.", [3, 8]);
    show(lesson, panel, "kk");
    fireEvent.click(screen.getByTestId("ask-model-again"));
    await waitFor(() => assert.equal(lesson.sent.length, 1));
    assert.deepEqual(lesson.sent[0]?.fields, {
      explanationId: "e",
      continue: false,
      ...(other === "failed" ? { variant: "kk-simple" } : {}),
    });
    cleanup();
  }
});
