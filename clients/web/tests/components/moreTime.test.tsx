import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/preact";
import { w as student } from "../../src/i18n/student";
import { w as teacher } from "../../src/i18n/teacher";
import type { Pace } from "../../src/protocol/types";
import { TempoSheet } from "../../src/screens/student/TempoSheet";
import { Signals } from "../../src/screens/teacher/signals/Signals";
import { entity, fakeLesson } from "../fakeLesson";
import { inEachLanguage, show } from "./screen";

afterEach(cleanup);

const pace: Pace = { phase: "live", stepId: "s", locked: false, joined: 20, aiOn: true, boardVariant: "kk-simple" };
const sheet = <TempoSheet now={undefined} onClose={() => {}} />;
const signals = (now: Pace) => <Signals pace={now} onTab={() => {}} />;
const button = () => screen.getByTestId<HTMLButtonElement>("more-time");

test("a student asks for one more minute beside the faces", async () => {
  const lesson = fakeLesson([entity("pace", "", pace)]);
  show(lesson, sheet);
  fireEvent.click(button());
  await waitFor(() => assert.deepEqual(lesson.sent, [{ name: "AskForMoreTime", fields: {} }]));
});

test("who has asked in this step reads so in each language, and cannot ask again; in the next step one can", () => {
  inEachLanguage((language) => {
    show(fakeLesson([entity("pace", "", pace), entity("ownMoreTime", "s", { asked: true })]), sheet, language);
    assert.deepEqual([button().textContent, button().disabled], [student().tempo.asked, true]);
    cleanup();
    show(fakeLesson([entity("pace", "", pace), entity("ownMoreTime", "before", { asked: true })]), sheet, language);
    assert.deepEqual([button().textContent, button().disabled], [student().tempo.minute, false]);
    cleanup();
  });
});

test("there is nothing to ask for when the lesson is over", () => {
  show(fakeLesson([entity("pace", "", { ...pace, phase: "ended" })]), sheet);
  assert.equal(screen.queryByTestId("more-time"), null);
});

test("the teacher reads how many ask in this step, in each language, with and without faces", () => {
  inEachLanguage((language) => {
    for (const faces of [[], [entity("tempo", "", { counts: [1, 2, 0, 0] })]]) {
      show(
        fakeLesson([...faces, entity("moreTime", "s", { count: 3 }), entity("moreTime", "before", { count: 9 })]),
        signals(pace),
        language,
      );
      assert.equal(button().textContent, teacher().cards.moreTime(3));
      cleanup();
    }
  });
});

test("while nobody asks in this step the teacher reads nothing of it", () => {
  for (const asked of [entity("moreTime", "s", { count: 0 }), entity("moreTime", "before", { count: 9 })]) {
    const page = show(fakeLesson([asked]), signals(pace));
    assert.equal(page.querySelector("[data-testid=card-tempo]"), null);
    cleanup();
  }
});
