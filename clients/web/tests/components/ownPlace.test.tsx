// A child's place among the raised hands, a hand that waits for the line, and what a picture shows in words.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cleanup, screen } from "@testing-library/preact";
import { w as own } from "../../src/i18n/own";
import { w } from "../../src/i18n/student";
import type { Entities, ImagePlan } from "../../src/protocol/types";
import { Described } from "../../src/screens/student/Described";
import { NavSheets } from "../../src/screens/student/NavSheets";
import { entity, fakeLesson } from "../fakeLesson";
import { all, inEachLanguage, show } from "./screen";

const me = { studentId: "d", nickname: "Дана", language: "kk", level: "simple" } as unknown as Entities["me"];
const hand = (more: object) => ({ topic: "", since: "2026-11-28T04:00:00Z", ...more }) as unknown as Entities["hand"];

test("who waits reads its place, and who is next reads that; to whom somebody comes none stands there", () => {
  inEachLanguage((language) => {
    const lesson = fakeLesson([entity("me", "", me)]);
    show(lesson, <NavSheets open="hand" hand={hand({ place: 3 })} onClose={() => {}} />, language);
    assert.equal(screen.getByTestId("place").textContent, own().place(3));
    cleanup();
    show(lesson, <NavSheets open="hand" hand={hand({ place: 1 })} onClose={() => {}} />, language);
    assert.equal(screen.getByTestId("place").textContent, own().next);
    cleanup();
    show(lesson, <NavSheets open="hand" hand={hand({ claimedName: "Айгүл" })} onClose={() => {}} />, language);
    assert.equal(screen.queryByTestId("place"), null);
    cleanup();
  });
});

test("a hand that was raised without a line says that it waits, and can be taken down", () => {
  inEachLanguage((language) => {
    const lesson = fakeLesson([entity("me", "", me)]);
    lesson.reply = undefined;
    lesson.outbox.send("RaiseHand", { topic: "есеп" });
    const page = show(lesson, <NavSheets open="hand" hand={undefined} onClose={() => {}} />, language);
    assert.ok(page.textContent?.includes(own().handWaits));
    assert.ok(page.textContent?.includes("есеп"));
    assert.ok(page.textContent?.includes(w().hand.lower));
    cleanup();
  });
});

test("what a picture shows can be read, and a picture without words has no door to them", () => {
  inEachLanguage((language) => {
    const image = { hash: "a", width: 4, height: 3, alt: all("Терек, көлеңкесінде балалар") } as unknown as ImagePlan;
    const page = show(fakeLesson(), <Described image={image} />, language);
    assert.equal(page.querySelector("summary")?.textContent, w().described);
    assert.ok(page.querySelector("details")?.textContent?.includes("Терек"));
    cleanup();
    assert.equal(show(fakeLesson(), <Described image={undefined} />, language).querySelector("details"), null);
    cleanup();
  });
});
