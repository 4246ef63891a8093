import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { cleanup, fireEvent, screen } from "@testing-library/preact";
import { w as incidents } from "../../src/i18n/incidents";
import { w as student } from "../../src/i18n/student";
import { w as teacher } from "../../src/i18n/teacher";
import { useLesson } from "../../src/lesson/context";
import { CareCard } from "../../src/screens/student/CareCard";
import { noticed } from "../../src/screens/teacher/signals/noticed";
import { entity, fakeLesson } from "../fakeLesson";
import { inEachLanguage, show } from "./screen";

afterEach(cleanup);

const at = "2026-09-01T09:00:00Z";
const me = entity("me", "", { studentId: "a", nickname: "Айсұлу", language: "kk", level: "simple" });
const incident = (id: string, ability: string) =>
  entity("incident", id, { ability, kind: "noticed", category: "distress", stepId: "s", studentId: "a", at });
const Card = () => <>{noticed(useLesson())?.card}</>;

test("who wrote that it is in danger reads words of care with both numbers, until it closes them", () => {
  inEachLanguage((language) => {
    const page = show(fakeLesson([me, entity("care", "a", { at })]), <CareCard />, language);
    assert.match(page.textContent ?? "", /111.*150/);
    assert.ok(page.textContent?.includes(student().care.title));
    fireEvent.click(screen.getByRole("button", { name: student().care.close }));
    assert.equal(page.textContent, "");
    cleanup();
  });
});

test("nobody else has the card", () => {
  assert.equal(show(fakeLesson([me]), <CareCard />).textContent, "");
});

test("the teacher's alarm names each place, and goes place by place when it was seen", () => {
  inEachLanguage((language) => {
    const places = ["answer", "idea", "hand", "work", "reply"] as const;
    const page = show(fakeLesson(places.map((place) => incident(`${language}-${place}`, place))), <Card />, language);
    assert.ok(page.textContent?.includes(teacher().tutor.alarm));
    for (const place of places) assert.ok(page.textContent?.includes(incidents().abilities[place]), place);
    for (const place of places) fireEvent.click(screen.getByTestId(`noticed-${language}-${place}`));
    assert.equal(page.textContent, "");
    cleanup();
  });
});

test("what was stopped around the tutor is no alarm of this kind", () => {
  const stopped = entity("incident", "x", { ability: "coach", kind: "input-withheld", category: "abuse", stepId: "s", studentId: "a", at });
  assert.equal(show(fakeLesson([stopped]), <Card />).textContent, "");
});
