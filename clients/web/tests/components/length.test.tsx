import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { cleanup, render, screen } from "@testing-library/preact";
import { speak, t } from "../../src/i18n";
import { fits, Length } from "../../src/ui/Length";
import { isolated, Theirs } from "../../src/ui/Theirs";
import { inEachLanguage } from "./screen";

afterEach(cleanup);

test("a field says nothing while there is room, the length when it comes near, and by how much it is too long", () => {
  inEachLanguage((language) => {
    speak(language);
    const { container, rerender } = render(<Length text={"a".repeat(31)} max={40} />);
    assert.equal(container.textContent, "");
    rerender(<Length text={"a".repeat(32)} max={40} />);
    assert.equal(screen.getByTestId("length").textContent, "32 / 40");
    rerender(<Length text={"a".repeat(40)} max={40} />);
    assert.equal(screen.getByTestId("length").textContent, "40 / 40");
    rerender(<Length text={"a".repeat(43)} max={40} />);
    assert.equal(screen.getByTestId("too-long").textContent, t().tooLong(3));
    cleanup();
  });
  assert.ok(fits(` ${"a".repeat(40)} `, 40), "spaces around are not sent");
  assert.ok(!fits("a".repeat(41), 40));
});

test("the words of others are apart in direction", () => {
  const { container } = render(<Theirs>Дана</Theirs>);
  assert.equal(container.querySelector("bdi.theirs")?.textContent, "Дана");
  assert.equal(isolated("Дана"), "Дана");
  assert.equal(isolated("سارا"), "\u2068سارا\u2069");
});
