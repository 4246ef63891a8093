import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterEach, test } from "node:test";
import { cleanup, fireEvent, screen } from "@testing-library/preact";
import type { VNode } from "preact";
import { t } from "../../src/i18n";
import type { Explanation, Pace, Provenance, Step, VariantState } from "../../src/protocol/types";
import { ExplanationMain } from "../../src/screens/board/ExplanationMain";
import { ReadView } from "../../src/screens/student/ReadView";
import { Explain } from "../../src/screens/teacher/explain/Explain";
import { AiBadge } from "../../src/ui/AiBadge";
import { entity, fakeLesson } from "../fakeLesson";
import { all, inEachLanguage, show } from "./screen";

afterEach(cleanup);

const at = "2026-09-01T09:00:00Z";
const prepared: Provenance = { provider: "prepared", model: "kit", template: "explain@kit", tokens: 0, milliseconds: 9, cached: false };
const model: Provenance = { ...prepared, provider: "openai", model: "m", template: "explain.kk@2", tokens: 30 };
const nobody: Provenance = { ...prepared, provider: "", model: "", template: "" };
const pace: Pace = { phase: "live", stepId: "s", startedAt: at, locked: false, joined: 20, aiOn: true, boardVariant: "kk-simple" };
const step: Step = { hasPrompts: false, topics: [] };
const told = (variant: Partial<VariantState>): Explanation => ({
  number: 1,
  stepId: "s",
  topic: all("Фотосинтез"),
  mode: "plain",
  sentences: [],
  status: "running",
  startedAt: at,
  boardVariant: "kk-simple",
  variants: [{ variant: "kk-simple", status: "running", epoch: 1, length: 0, ...variant }],
});
const me = entity("me", "", { studentId: "a", nickname: "Айсұлу", language: "kk", level: "simple" });

type Case = { text: string; prepared?: boolean; variant?: Partial<VariantState>; hasModel: boolean; aiOn?: boolean };
/** The same text on the three screens that tell it. */
function onEveryScreen({ text, prepared, variant = {}, hasModel, aiOn = true }: Case, look: (page: HTMLElement) => void): void {
  inEachLanguage((language) => {
    const e = told(variant);
    const screens: VNode[] = [
      <ExplanationMain key="b" id="e" explanation={e} />,
      <ReadView key="r" explanations={[["e", e]]} />,
      <Explain key="x" stepId="s" step={step} pace={{ ...pace, aiOn }} folded={false} />,
    ];
    for (const screen of screens) {
      const lesson = fakeLesson([me, entity("explanation", "e", e)], [], hasModel && aiOn);
      if (text) lesson.texts.append(1, "kk-simple", 1, 0, text, [], prepared);
      look(show(lesson, screen, language));
      cleanup();
    }
  });
}

const saysPrepared = (page: HTMLElement): void => {
  assert.equal(page.querySelector(".pill.prepared")?.textContent, t().prepared);
  assert.equal(page.querySelector(".pill.ai"), null, "AI's colour is AI's alone");
  assert.ok(page.querySelector("[data-ai=prepared]"));
  assert.ok(!page.textContent?.includes(t().ai));
};
const saysAi = (page: HTMLElement): void => {
  assert.equal(page.querySelector(".pill.ai")?.textContent, t().ai);
  assert.ok(page.querySelector("[data-ai=model]"));
};

test("prepared text says so while it is told, stopped, cut and whole, with a model on the server and without", () => {
  const stopped = { status: "failed", failure: "tutor-stopped", length: 3, provenance: prepared } as const;
  for (const hasModel of [true, false]) {
    onEveryScreen({ text: "Су.", prepared: true, hasModel }, saysPrepared);
    onEveryScreen({ text: "Су.", prepared: true, variant: { status: "stopped" }, hasModel }, saysPrepared);
    onEveryScreen({ text: "Су.", variant: stopped, hasModel }, saysPrepared);
    onEveryScreen({ text: "Су.", variant: { ...stopped, failure: "tutor-cut" }, hasModel }, saysPrepared);
    onEveryScreen({ text: "Су.", variant: { status: "finished", length: 3, provenance: prepared }, hasModel }, saysPrepared);
  }
});

test("what a model writes says so, also when the teacher turns AI off meanwhile", () => {
  onEveryScreen({ text: "Су.", prepared: false, hasModel: true }, saysAi);
  onEveryScreen({ text: "Су.", prepared: false, hasModel: true, aiOn: false }, saysAi);
  onEveryScreen(
    { text: "Су.", variant: { status: "failed", failure: "output-withheld", length: 3, provenance: model }, hasModel: true },
    saysAi,
  );
});

test("a stopped text of an earlier day, which says nothing of where it is from, is prepared where there is no model", () => {
  onEveryScreen(
    { text: "Су.", variant: { status: "failed", failure: "tutor-stopped", length: 3, provenance: nobody }, hasModel: false },
    saysPrepared,
  );
});

test("an empty text has no badge and no mark", () => {
  const empty = (page: HTMLElement) => {
    assert.equal(page.querySelector(".pill.ai, .pill.prepared"), null);
    assert.equal(page.querySelector("[data-ai]"), null);
  };
  for (const hasModel of [true, false]) {
    onEveryScreen({ text: "", hasModel }, empty);
    onEveryScreen({ text: "", variant: { status: "failed", failure: "output-withheld", provenance: nobody }, hasModel }, empty);
  }
});

test("the origin of prepared text that stands in names the tokens that the model used in vain", () => {
  inEachLanguage((language) => {
    show(fakeLesson(), <AiBadge source={{ ...prepared, cause: "output-withheld", tokens: 1234 }} />, language);
    fireEvent.click(screen.getByTestId("ai-badge"));
    screen.getByText(t().provenance.tokens);
    screen.getByText("1234");
    cleanup();
  });
});

test("nothing but AI wears AI's colour: no other pill is violet", () => {
  const css = readFileSync(new URL("../../src/ui/parts.css", import.meta.url), "utf8");
  const violet = [...css.matchAll(/([^{}]+)\{[^}]*--violet[^}]*\}/g)].map((m) => (m[1] ?? "").trim());
  assert.ok(violet.length > 0);
  for (const selector of violet) assert.doesNotMatch(selector, /prepared/);
});
