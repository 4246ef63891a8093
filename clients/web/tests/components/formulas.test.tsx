import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { cleanup, screen, waitFor } from "@testing-library/preact";
import { t } from "../../src/i18n";
import { Picks } from "../../src/screens/student/Picks";
import { Rich } from "../../src/ui/Rich";
import { Sentences } from "../../src/ui/Sentences";
import { Theirs } from "../../src/ui/Theirs";
import { fakeLesson } from "../fakeLesson";
import { all, inEachLanguage, show } from "./screen";

afterEach(cleanup);

const lesson = fakeLesson();
const mathsIn = (page: Element) => [...page.querySelectorAll("math")].map((m) => m.getAttribute("aria-label"));

test("a formula stands as it was written until it can be set, then as MathML with a name in the language of the page", async () => {
  const page = show(lesson, <Rich text={"**Үлесі** $\\frac{3}{5}$, бағасы 5$."} />, "kk");
  assert.equal(page.textContent, "Үлесі $\\frac{3}{5}$, бағасы 5$.");
  assert.ok(page.querySelector("b"));
  await waitFor(() => assert.deepEqual(mathsIn(page), ["алымы 3, бөлімі 5"]));
  assert.ok(page.querySelector("math > mfrac > mn"));
  cleanup();
  assert.deepEqual(mathsIn(show(lesson, <Rich text="$\frac{3}{5}$" />, "ru")), ["дробь: числитель 3, знаменатель 5"]);
});

test("an explanation is read in its own language, and pressed whole", async () => {
  const told = [
    { index: 0, text: "Одна часть это $\\frac{1}{4}$.", whole: true },
    { index: 1, text: " Вторая \\(x. Y\\) тоже.", whole: true },
  ];
  const page = show(lesson, <Sentences sentences={told} lang="ru" running={false} onPress={() => undefined} />, "kk");
  await waitFor(() => assert.deepEqual(mathsIn(page), ["дробь: числитель 1, знаменатель 4", "x. Y"]));
  assert.equal(page.querySelectorAll("[role=button]").length, 2);
});

test("of a formula that still streams nothing is shown, and what is no formula comes when its sentence is whole", () => {
  const tail = (text: string, whole: boolean, running: boolean) =>
    show(lesson, <Sentences sentences={[{ index: 0, text, whole }]} running={running} />).textContent;
  assert.equal(tail("Осы $\\frac{1", false, true), "Осы ");
  cleanup();
  assert.equal(tail("Бағасы $5 болды.", true, true), "Бағасы $5 болды.");
  cleanup();
  assert.equal(tail("Осы $\\frac{1", false, false), "Осы $\\frac{1");
});

test("wrong TeX is shown as it was written, and a child's words are never a formula", async () => {
  const page = show(
    lesson,
    <>
      <Rich text="Бұл $\nosuch{x}$ және $y$" />
      <Theirs>{"$z$ **a**"}</Theirs>
    </>,
  );
  await waitFor(() => assert.equal(mathsIn(page).length, 1));
  assert.match(page.textContent ?? "", /\$\\nosuch\{x\}\$/);
  assert.match(page.textContent ?? "", /\$z\$ \*\*a\*\*/);
});

test("a table has head cells, scrolls by keys, and holds formulas and bold words", async () => {
  const page = show(lesson, <Rich text={"Ағаш\n| жыл | бөлігі |\n|---|---:|\n| **1** | $\\frac12$ |\n| 2 | a |"} />);
  const region = await screen.findByRole("region", { name: t().table });
  assert.equal(region.getAttribute("tabindex"), "0");
  assert.deepEqual(
    [...page.querySelectorAll("th")].map((th) => [th.textContent, th.getAttribute("scope")]),
    [
      ["жыл", "col"],
      ["бөлігі", "col"],
    ],
  );
  assert.equal(page.querySelectorAll("td").length, 4);
  assert.equal(page.querySelectorAll("td.end").length, 2);
  assert.ok(page.querySelector("td > b"));
  await waitFor(() => assert.equal(page.querySelectorAll("td math").length, 1));
});

test("a question is a heading with its table below it, and its stars are as they are written", async () => {
  const page = show(lesson, <Rich heading="h2" text={"2**3**2 неше?\n| a | b |\n|---|---|\n| 1 | 2 |\nСоңы"} />);
  await screen.findByRole("region");
  assert.equal(page.querySelector("h2")?.textContent, "2**3**2 неше?");
  assert.equal(page.querySelector("h2 table"), null);
  assert.ok(page.querySelector("table"));
  assert.equal(page.querySelector(".table + p")?.textContent, "Соңы");
});

test("an option is named by its formula, in each language", async () => {
  const q = { kind: "single", options: [{ id: "a", text: all("$\\frac{3}{4}$") }] } as never;
  const names = { kk: "алымы 3, бөлімі 4", ru: "дробь: числитель 3, знаменатель 4", en: "3 over 4" };
  await waitFor(() => {
    const page = show(lesson, <Picks q={q} chosen={[]} onChange={() => undefined} />);
    assert.equal(mathsIn(page).length, 1);
  });
  cleanup();
  inEachLanguage((language) => {
    assert.deepEqual(mathsIn(show(lesson, <Picks q={q} chosen={[]} onChange={() => undefined} />, language)), [names[language]]);
    cleanup();
  });
});
