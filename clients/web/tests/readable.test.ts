import assert from "node:assert/strict";
import { test } from "node:test";
import { inWords } from "../src/ui/formula/find";
import { readable } from "../src/ui/formula/readable";
import { withoutTables } from "../src/ui/formula/tables";

const raw = String.raw;

/** The examples of the kits' README, and what was read wrongly once. */
const examples: [string, string][] = [
  [raw`\frac{3}{5}`, "3/5"],
  [raw`1\frac{1}{2}`, "1 1/2"],
  [raw`x^2`, "x^2"],
  [raw`10^{-3}`, "10^(-3)"],
  [raw`\sqrt{16} = 4`, "√16 = 4"],
  [raw`\sqrt[3]{8}`, "³√8"],
  [raw`v_0`, "v_0"],
  [raw`2 \cdot 3 \ne 5`, "2 · 3 ≠ 5"],
  [raw`\le`, "≤"],
  [raw`\ge`, "≥"],
  [raw`\approx`, "≈"],
  [raw`\pi`, "π"],
  [raw`\angle ABC = 90^\circ`, "∠ ABC = 90°"],
  [raw`\left(\frac{1}{2}\right)^2`, "(1/2)^2"],
  [raw`\begin{cases} x + y = 5 \\ x - y = 1 \end{cases}`, "x + y = 5; x - y = 1"],
  [raw`v = \frac{\text{жол}}{\text{уақыт}}`, "v = жол/уақыт"],
  [raw`2{,}5`, "2,5"],
  [raw`\cancel{4}`, "4"],
  [raw`\ce{H2O}`, "H2O"],
  [raw`\ce{SO4^2-}`, "SO4^2-"],
  [raw`\ce{2H2 + O2 -> 2H2O}`, "2H2 + O2 → 2H2O"],
  [raw`\ce{6CO2 + 6H2O ->[\text{жарық}] C6H12O6 + 6O2}`, "6CO2 + 6H2O →[жарық] C6H12O6 + 6O2"],
  [raw`\frac{x^{2}}{3}`, "x^2/3"],
  [raw`\frac{\sqrt{2}}{2}`, "(√2)/2"],
  [raw`\frac{1}{2a}`, "1/(2a)"],
  [raw`\frac{\frac{1}{2}}{3}`, "(1/2)/3"],
  [raw`\frac12x`, "1/2 x"],
  [raw`\frac{1}{2} \cdot \frac{a+b}{3}`, "1/2 · (a+b)/3"],
  [raw`x<-5`, "x<-5"],
  [raw`\sin x`, "sin x"],
  [raw`\lambda = 3`, "λ = 3"],
  [raw`a \lt b`, "a < b"],
  [raw`\sqrt{a+b}`, "√(a+b)"],
  [raw`\binom{5}{2}`, "binom(5, 2)"],
  [raw`x_{ab}^{10}`, "x_(ab)^10"],
  [raw`A \cup B`, "A ∪ B"],
  [raw`\nosuch{a}`, "nosuch a"],
  [raw`100\%`, "100%"],
  [raw`\text{5 \% of it}`, "5 % of it"],
];

test("a formula in plain signs is the same mathematics", () => {
  for (const [tex, signs] of examples) assert.equal(readable(tex), signs, tex);
});

test("what is broken or without end is read to its end", () => {
  for (const tex of [
    raw`\frac{1}{`,
    raw`\frac`,
    raw`\sqrt[`,
    "x^",
    "}{",
    raw`\begin`,
    "\\",
    "{".repeat(400),
    raw`\sqrt`.repeat(60),
    raw`\ce{`,
  ])
    assert.equal(typeof readable(tex), "string", tex);
});

test("a text in words has its formulas in signs, and its tables as lines", () => {
  assert.equal(inWords(raw`Take $\frac12$ of \$4`), "Take 1/2 of $4");
  const table = "Ағаш\n| жыл | бөлігі |\n|---|---:|\n| 1 | $\\frac{1}{2}$ |\n| 2 | \\$5 |\nсоңы";
  assert.equal(inWords(withoutTables(table)), "Ағаш\nжыл · бөлігі\n1 · 1/2\n2 · $5\nсоңы");
  assert.equal(withoutTables("| a |\nb"), "| a |\nb");
});
