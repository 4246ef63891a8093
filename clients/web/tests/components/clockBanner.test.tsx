import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { cleanup, screen } from "@testing-library/preact";
import { setServerNow } from "../../src/connection/clock";
import { w } from "../../src/i18n/teacher";
import { ClockBanner } from "../../src/screens/teacher/parts/ClockBanner";
import { fakeLesson } from "../fakeLesson";
import { inEachLanguage, show } from "./screen";

afterEach(() => {
  cleanup();
  setServerNow(new Date().toISOString());
});

const minutesOff = (n: number) => new Date(Date.now() + n * 60_000).toISOString();

test("a server in the year 2000 is said in each language, with both clocks", () => {
  setServerNow("2000-01-01T12:00:00Z");
  inEachLanguage((language) => {
    show(fakeLesson([]), <ClockBanner />, language);
    const text = screen.getByTestId("clock-differs").textContent ?? "";
    assert.ok(text.includes(w().clock.differs) && text.includes(w().clock.hint) && text.includes("01.01.2000"), text);
    assert.ok(text.includes(String(new Date().getFullYear())), text);
    cleanup();
  });
});

test("clocks that differ by a few minutes say nothing, ahead or behind", () => {
  for (const off of [-4, 0, 4]) {
    setServerNow(minutesOff(off));
    show(fakeLesson([]), <ClockBanner />);
    assert.equal(screen.queryByTestId("clock-differs"), null, String(off));
    cleanup();
  }
  for (const off of [-7, 7]) {
    setServerNow(minutesOff(off));
    show(fakeLesson([]), <ClockBanner />);
    assert.ok(screen.queryByTestId("clock-differs"), String(off));
    cleanup();
  }
});

test("what is said goes when the clock was set", () => {
  setServerNow("2000-01-01T12:00:00Z");
  show(fakeLesson([]), <ClockBanner />);
  assert.ok(screen.queryByTestId("clock-differs"));
  setServerNow(minutesOff(0));
  cleanup();
  show(fakeLesson([]), <ClockBanner />);
  assert.equal(screen.queryByTestId("clock-differs"), null);
});
