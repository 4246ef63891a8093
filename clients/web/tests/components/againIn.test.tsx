import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { cleanup, fireEvent, screen } from "@testing-library/preact";
import type { ComponentChild } from "preact";
import { t } from "../../src/i18n";
import type { EntityChange, Pace, Task } from "../../src/protocol/types";
import { TutorCard } from "../../src/screens/student/TutorView";
import { Discuss } from "../../src/screens/teacher/discuss/Discuss";
import { FeedbackCard } from "../../src/screens/teacher/feedback/FeedbackCard";
import { WorkList } from "../../src/screens/teacher/work/WorkList";
import { entity, fakeLesson } from "../fakeLesson";
import { all, inEachLanguage, show } from "./screen";

afterEach(cleanup);

const at = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
const pace: Pace = { phase: "live", stepId: "s", startedAt: at(-60), locked: false, joined: 1, aiOn: true, boardVariant: "kk-simple" };
const criteria = [{ id: "k", title: all("Мазмұн"), descriptors: [{ id: "d", text: all("Дәлел") }] }];
const task: Task = {
  title: all("Эссе"),
  text: all("Жаз"),
  aiPolicy: "ask",
  minOwnWords: 0,
  asksReflection: false,
  asksSources: false,
  criteria,
};
const work = { studentId: "a", stepId: "s", status: "handedIn" as const, version: 1, words: 21, savedAt: at(-9) };
const feedback = { studentId: "a", stepId: "s", workVersion: 1, items: [], note: "", edited: false, droppedQuotes: 0 };
const me = [
  entity("me", "", { studentId: "a", nickname: "Айсұлу", language: "kk", level: "simple" }),
  entity("step", "s", { hasPrompts: false, student: all("x"), aiPolicy: "ask" }),
];

/** Where somebody waits for the model: what is drawn there, and the button that asks it again. */
const places: { name: string; entities: (againAt: string) => EntityChange[]; panel: ComponentChild; button: string; open?: string }[] = [
  {
    name: "candidates for a discussion",
    entities: (againAt) => [entity("prompts", "s", { status: "failed", failure: "tutor-busy", candidates: [], againAt })],
    panel: <Discuss stepId="s" step={{ hasPrompts: true }} pace={pace} />,
    button: "request-prompts",
  },
  {
    name: "a draft of feedback",
    entities: (againAt) => [
      entity("seat", "a", { nickname: "Айсұлу" }),
      entity("work", "a/s", work),
      entity("feedback", "f", { ...feedback, status: "failed", failure: "tutor-busy", againAt }),
    ],
    panel: <WorkList stepId="s" task={task} />,
    button: "request-feedback-a",
  },
  {
    name: "a child's private question",
    entities: (againAt) => [
      ...me,
      entity("exchange", "x", { studentId: "a", stepId: "s", question: "Неге?", at: at(-5), failure: "tutor-busy", againAt }),
    ],
    panel: <TutorCard stepId="s" />,
    button: "ask-tutor-again",
    open: "tutor-door",
  },
];

for (const place of places) {
  test(`${place.name}: the seconds that are left stand there, nothing is asked before, and then it can be asked again`, () => {
    inEachLanguage((language) => {
      const draw = (seconds: number): HTMLButtonElement => {
        cleanup();
        show(fakeLesson(place.entities(at(seconds)), [], true), place.panel, language);
        if (place.open) fireEvent.click(screen.getByTestId(place.open));
        return screen.getByTestId<HTMLButtonElement>(place.button);
      };
      assert.equal(draw(20).disabled, true);
      const said = screen.getByTestId("again-in").textContent ?? "";
      assert.ok(
        [19, 20, 21].some((s) => said === t().againIn(s)),
        said,
      );
      assert.equal(draw(-1).disabled, false);
      assert.equal(screen.getByTestId(place.button).textContent, t().askAgain);
      assert.equal(screen.queryByTestId("again-in"), null);
      cleanup();
    });
  });
}

test("prepared candidates and a prepared draft that stand in say for how long", () => {
  inEachLanguage((language) => {
    const provenance = {
      provider: "prepared",
      model: "kit",
      template: "x",
      tokens: 0,
      milliseconds: 1,
      cached: false,
      cause: "tutor-busy",
    };
    const candidates = [{ id: "p", question: all("?"), make: all("x"), materials: all("x"), minutes: 5, roles: [], sharing: all("x") }];
    show(
      fakeLesson([entity("prompts", "s", { status: "proposed", candidates, provenance, againAt: at(30) })]),
      <Discuss stepId="s" step={{ hasPrompts: true }} pace={pace} />,
      language,
    );
    screen.getByTestId("again-in");
    cleanup();
    const f = { ...feedback, status: "draft" as const, opened: false, provenance, againAt: at(30) };
    show(fakeLesson([entity("feedback", "f", f)]), <FeedbackCard id="f" f={f} task={task} work={undefined} />, language);
    screen.getByTestId("again-in");
    cleanup();
  });
});
