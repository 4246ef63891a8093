// What shows formulas comes late, or not at all; and what stands beside each other is looked at apart.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { cleanup, waitFor } from "@testing-library/preact";
import { Fit } from "../../src/screens/board/Fit";
import { TalkView } from "../../src/screens/student/TalkView";
import { PromptFacts } from "../../src/screens/teacher/discuss/Candidate";
import { late } from "../../src/ui/late";
import { marked } from "../../src/ui/marks";
import { MarksLacking } from "../../src/ui/Reload";
import { Rich } from "../../src/ui/Rich";
import { fakeLesson } from "../fakeLesson";
import { all, show } from "./screen";

afterEach(cleanup);

const lesson = fakeLesson();
const mathsIn = (page: Element) => [...page.querySelectorAll("math")];
const promptOf = (id: string) => ({ id, question: all("?"), make: all("m"), materials: all("m"), minutes: 5, sharing: all("s") });

// First: nothing has come yet.
test("where what shows formulas does not come, that is said with a way out, until it comes", async () => {
  const page = show(lesson, <MarksLacking />, "kk");
  marked.failures.value = 2;
  assert.equal(page.textContent, "", "no text asked for it");
  cleanup();
  const both = show(
    lesson,
    <>
      <MarksLacking />
      <Rich text="$x^2$" />
    </>,
    "kk",
  );
  await waitFor(() => assert.ok(both.querySelector("[role=status] button")));
  assert.match(both.textContent ?? "", /Формулалар мен кестелер жүктелмеді/);
  await waitFor(() => assert.ok(both.querySelector(".formula")));
  assert.equal(both.querySelector("[role=status]"), null);
  marked.failures.value = 0;
});

test("a part that does not come is counted, and asked for again", async (c) => {
  c.mock.timers.enable({ apis: ["setTimeout"] });
  let asked = 0;
  const part = late(() => (++asked < 3 ? Promise.reject(new Error("gone")) : Promise.resolve("here")));
  const settled = async () => {
    for (let i = 0; i < 5; i++) await null;
  };
  part.fetch();
  part.fetch();
  await settled();
  assert.deepEqual([asked, part.failures.value], [1, 1]);
  c.mock.timers.tick(3000);
  await settled();
  assert.deepEqual([asked, part.failures.value, part.here.value], [2, 2, undefined]);
  c.mock.timers.tick(3000);
  await settled();
  assert.deepEqual([asked, part.here.value], [3, "here"]);
});

test("a table alone makes its panel find its type again when what shows it has come", async () => {
  marked.fetch();
  await waitFor(() => assert.ok(marked.here.value));
  const come = marked.here.value;
  marked.here.value = undefined;
  const panel = (
    <Fit largest={60} smallest={20} of="x">
      <Rich text={"| a | b |\n|---|---|\n| 1 | 2 |"} />
    </Fit>
  );
  const box = show(lesson, panel).querySelector(".fit") as HTMLElement;
  const type = () => Number(box.style.getPropertyValue("--fit"));
  assert.equal(type(), 60);
  // Ten times its type is what a table needs here, and there is room for 300.
  Object.defineProperty(box, "scrollHeight", { get: () => (box.querySelector("table") ? type() * 10 : 0) });
  Object.defineProperty(box, "clientHeight", { get: () => 300 });
  marked.here.value = come;
  await waitFor(() => assert.equal(type(), 30));
});

test("a dollar of one role shuts no formula of another", async () => {
  const roles = [all("Есеп $5x"), all("y$ бағасы"), all("Сан $x^2$")];
  const p = { ...promptOf("p"), roles } as never;
  const page = show(lesson, <PromptFacts p={p} />);
  await waitFor(() => assert.equal(mathsIn(page).length, 1));
  assert.match(page.textContent ?? "", /Есеп \$5x; y\$ бағасы; Сан/);
  cleanup();
  const talk = show(
    lesson,
    <TalkView
      stepId="s"
      prompt={{ prompt: p, edited: false, provenance: "prepared", pickedAt: "2026-09-01T09:00:00Z", shared: false } as never}
    />,
  );
  await waitFor(() => assert.equal(mathsIn(talk).length, 1));
  assert.match(talk.textContent ?? "", /Есеп \$5x · y\$ бағасы · Сан/);
});
