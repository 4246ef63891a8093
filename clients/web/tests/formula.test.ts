import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import type { Language } from "../src/protocol/types";
import { languages } from "../src/protocol/types";
import { type Formula, hasFormula, longest, parts, withoutBegun } from "../src/ui/formula/find";
import { blocks, type TableBlock } from "../src/ui/formula/tables";
import { forbidden, typeset } from "../src/ui/formula/typeset";
import examples from "./formulas.json";

const formulasOf = (text: string): Formula[] => parts(text).filter((p): p is Formula => "tex" in p);

/** From where to where, and whether on a line of its own. */
function placesOf(text: string): unknown[] {
  const places: unknown[] = [];
  let at = 0;
  for (const part of parts(text)) {
    if ("tex" in part) {
      places.push([at, at + part.source.length, part.block]);
      at += part.source.length;
      // A dollar of words was written \\$, or alone.
    } else for (let i = 0; i < part.text.length; i++) at += text.startsWith("\\$", at) ? 2 : 1;
  }
  return places;
}

test("formulas are found as the validator of kits finds them, and money is none", () => {
  for (const { text, formulas, at } of examples) {
    const found = formulasOf(text);
    assert.deepEqual(
      found.map((f) => f.tex),
      formulas,
      text,
    );
    assert.deepEqual(placesOf(text), at, text);
    assert.equal(hasFormula(text), formulas.length > 0, text);
  }
});

test("nothing of a text is lost between its formulas", () => {
  for (const { text } of examples) {
    const whole = parts(text)
      .map((p) => ("tex" in p ? p.source : p.text))
      .join("");
    assert.equal(whole.replaceAll("\\$", "$"), text.replaceAll("\\$", "$"), text);
  }
});

test("a hostile text is walked to its end, however it is made", () => {
  for (const text of [
    "$".repeat(50_001),
    "$a ".repeat(20_000),
    "\\(".repeat(20_000),
    "$$a".repeat(20_000),
    `$${"x".repeat(longest + 1)}$`,
  ]) {
    assert.ok(parts(text).length >= 1);
    assert.ok(withoutBegun(text).length <= text.length);
  }
  assert.deepEqual(formulasOf(`$${"x".repeat(longest + 1)}$`), []);
});

test("a formula that has begun waits for its end; money does not wait for ever", () => {
  assert.equal(withoutBegun("Осы $\\frac{1"), "Осы ");
  assert.equal(withoutBegun("Осы $\\frac{1}{2}$ бөл"), "Осы $\\frac{1}{2}$ бөл");
  assert.equal(withoutBegun("So \\"), "So ");
  assert.equal(withoutBegun("So \\[ x"), "So ");
  assert.equal(withoutBegun("It is 5$ and more"), "It is 5$ and more");
  assert.equal(withoutBegun("It is $ and more"), "It is $ and more");
  assert.equal(withoutBegun("It is \\$5 and"), "It is \\$5 and");
  assert.equal(withoutBegun(`$5 ${"words ".repeat(100)}`), `$5 ${"words ".repeat(100)}`);
});

/** What was set, as a text: names, attributes and words in order. */
function written(node: unknown): string {
  if (node === null || node === undefined || typeof node !== "object") return `${node ?? ""}`;
  const { type, props } = node as { type: string; props: Record<string, unknown> };
  const { children, ...rest } = props;
  const attributes = Object.entries(rest).map(([k, v]) => ` ${k}=${JSON.stringify(v)}`);
  return `<${type}${attributes.join("")}>${[children].flat().map(written).join("")}</${type}>`;
}

const set = (tex: string, language: Language = "en") => written(typeset(tex, false, language));
const named = (tex: string, language: Language = "en") => /aria-label="((?:[^"\\]|\\.)*)"/.exec(set(tex, language))?.[1];

test("a fraction is stacked, an equation of chemistry has its indices", () => {
  assert.match(set("\\frac{3}{5}"), /<mfrac><mn>3<\/mn><mn>5<\/mn><\/mfrac>/);
  assert.match(set("\\ce{H2O}"), /<msub><mrow><mi mathvariant="normal">H<\/mi>.*?<\/mrow><mn>2<\/mn><\/msub>/);
  assert.match(set("x^2"), /<mi class="letter">x<\/mi>/);
});

test("a formula has a name in the language of its text", () => {
  assert.equal(named("\\frac{3}{5}", "kk"), "алымы 3, бөлімі 5");
  assert.equal(named("\\frac{3}{5}", "ru"), "дробь: числитель 3, знаменатель 5");
  assert.equal(named("\\frac{3}{5}", "en"), "3 over 5");
  assert.equal(named("\\frac{a+1}{2} = 4"), "fraction a plus 1 over 2, end of fraction equals 4");
  assert.equal(named("x^2 + y^3 - z^n", "ru"), "x в квадрате плюс y в кубе минус z в степени n");
  assert.equal(named("\\sqrt{16} = 4", "kk"), "квадрат түбір астында 16 тең 4");
  assert.equal(named("\\sqrt[3]{8}"), "the root of degree 3 of 8");
  assert.equal(named("\\angle ABC = 90^\\circ"), "angle A B C equals 90 degrees");
  assert.equal(named("v_0"), "v sub 0");
  assert.equal(named("2 \\cdot 3 : 6 \\le 7", "ru"), "2 умножить на 3 разделить на 6 меньше или равно 7");
  assert.equal(
    named("\\ce{6CO2 + 6H2O ->[\\text{жарық}] C6H12O6 + 6O2}", "kk"),
    "6 CO 2 қосу 6 H 2 O, шарты: жарық, түзеді C 6 H 12 O 6 қосу 6 O 2",
  );
  assert.equal(named("\\ce{A ->[\\text{свет}][t] B}", "ru"), "A, условие: свет, t, получается B");
  assert.equal(named("\\ce{A <=>[\\text{light}] B}"), "A, condition: light, reversible B");
  assert.equal(named("\\ce{A -> B}"), "A gives B");
  assert.equal(named("\\vec{a}"), "vector a");
});

test("a number and what belongs to it are one word", () => {
  assert.deepEqual(
    languages.map((l) => named("1\\frac{1}{2}", l)),
    ["1 бүтін, алымы 1, бөлімі 2", "1 целая и дробь: числитель 1, знаменатель 2", "1 and 1 over 2"],
  );
  assert.equal(named("2\\frac{1}{3}", "ru"), "2 целых и дробь: числитель 1, знаменатель 3");
  assert.deepEqual(
    ["1^\\circ", "2^\\circ", "15^\\circ", "x^\\circ", "1\\%", "22\\%", "2{,}5\\%", "100\\%"].map((tex) => named(tex, "ru")),
    ["1 градус", "2 градуса", "15 градусов", "x градусов", "1 процент", "22 процента", "2,5 процента", "100 процентов"],
  );
  assert.deepEqual([named("1^\\circ"), named("90^\\circ"), named("5\\%", "kk")], ["1 degree", "90 degrees", "5 пайыз"]);
  assert.equal(named("x < 5", "kk"), "x кіші таңбасы 5");
});

test("what has no words is named by its signs, and two formulas never by one name", () => {
  assert.equal(named("\\binom{5}{2}"), "binom(5, 2)");
  assert.equal(named("A \\cup B"), "A ∪ B");
  assert.equal(named("A \\cap B = \\frac12"), "A ∩ B equals 1 over 2");
});

test("an index hangs on a letter of chemistry, never on a number", () => {
  assert.match(set("6{}^{12}_{6}C"), /<mn>6<\/mn><msubsup>/);
  assert.match(set("\\ce{H2O}"), /<msub><mrow><mi mathvariant="normal">H/);
});

test("what is wrong, leads out, defines, colours or is without end is not set, and nothing throws", () => {
  const wrong = [
    "\\frac{1}{",
    "}{",
    "\\nosuch",
    "x^",
    "\\href{javascript:alert(1)}{x}",
    "\\url{https://evil.test}",
    "\\includegraphics{https://evil.test/x.png}",
    "\\htmlId{a}{x}",
    "\\class{x}{y}",
    "\\style{position:fixed}{x}",
    "\\data{x}{y}",
    "\\color{red}x",
    "\\textcolor{red}{x}",
    "\\def\\a{\\a\\a}\\a",
    "\\gdef\\b{x}\\b",
    "\\newcommand{\\c}{x}\\c",
    "\\rule{900em}{900em}",
    "\\tag{1} x",
    "\\longdiv{12}",
    "\\begin{array}{c} x",
    "{".repeat(200),
    "\\begin{matrix}",
    "\\sqrt{".repeat(60),
    "\\unicode{x}",
    "\\ce{",
    "\\verb|<img>|",
  ];
  for (const tex of wrong) assert.equal(typeset(tex, true, "en"), undefined, tex);
  assert.ok(typeset("x", true, "en"));
});

test("a text within a formula is text", () => {
  const made = typeset("\\text{<img src=x onerror=alert(1)>}", false, "en");
  const kids: unknown[] = [];
  const walk = (n: unknown) => {
    if (typeof n === "string") kids.push(n);
    else if (n && typeof n === "object") [(n as { props: { children?: unknown } }).props.children].flat().forEach(walk);
  };
  walk(made);
  assert.match(kids.join(""), /<img.src=x/);
  assert.doesNotMatch(written(made).replace(/aria-label="[^"]*"/, ""), /<img [a-z]+=/);
});

test("one formula leaves nothing for the next", () => {
  typeset("\\global\\let\\frac=x \\gdef\\x{y}", false, "en");
  assert.match(set("\\frac12"), /<mfrac>/);
});

const tableOf = (text: string) => blocks(text).find((b): b is TableBlock => b.kind === "table");

test("a table has a head and rows; a sign within a formula divides no cell", () => {
  const table = tableOf("Ағаш\n\n| жыл | $|x|$ | **см** |\n|:---|---:|---|\n| 1 | a \\| b | 5 |\n| 2 |\nсоңы");
  assert.deepEqual(table, {
    kind: "table",
    head: ["жыл", "$|x|$", "**см**"],
    rows: [
      ["1", "a | b", "5"],
      ["2", "", ""],
    ],
    ends: [false, true, false],
  });
  assert.deepEqual(
    blocks("a\n| x | y |\n|---|---|\n| 1 | 2 |\nb").map((b) => b.kind),
    ["p", "table", "p"],
  );
});

test("what is no table stays lines: no dashes, other columns, too many", () => {
  const row = (n: number) => `|${" a |".repeat(n)}`;
  const dashes = (n: number) => `|${"---|".repeat(n)}`;
  for (const text of ["| a | b |", "| a | b |\n| 1 | 2 |", "| a | b |\n|---|\n| 1 | 2 |", `${row(9)}\n${dashes(9)}\n${row(9)}`]) {
    assert.equal(tableOf(text), undefined, text);
  }
  assert.equal(tableOf(`${row(2)}\n${dashes(2)}\n${`${row(2)}\n`.repeat(21)}`), undefined);
  assert.equal(tableOf(`${row(8)}\n${dashes(8)}\n${`${row(8)}\n`.repeat(20)}`)?.rows.length, 20);
});

test("every formula of the kits that ship is set, and has a name without TeX", () => {
  const folder = "../../src/Classroom.Kits/kits";
  let count = 0;
  for (const kit of readdirSync(folder)) {
    const text = readFileSync(`${folder}/${kit}/kit.yaml`, "utf8");
    for (const line of text.split("\n")) {
      for (const { tex, block } of formulasOf(line)) {
        count++;
        assert.doesNotMatch(tex, forbidden, `${kit}: ${tex}`);
        for (const language of languages) {
          const made = typeset(tex, block, language);
          assert.ok(made, `${kit}: ${tex}`);
          assert.doesNotMatch((made.props as Record<string, string>)["aria-label"] ?? "\\", /[\\{}]/, tex);
        }
      }
    }
  }
  assert.ok(count > 100);
});
