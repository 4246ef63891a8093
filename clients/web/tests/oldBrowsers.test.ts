// What the language itself got later is refused by the compiler (`lib` in tsconfig.json); this is the rest.
// What a phone of four years ago (Chrome 105) or Debian's Firefox does not know, and no build adds: none of it is used.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const sources = (folder: string, ending: RegExp): [file: string, text: string][] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => ending.test(file))
    .map((file) => [file, readFileSync(`${folder}/${file}`, "utf8").replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "")]);

/** By the first Chrome that knows it. */
const scripts: Record<string, RegExp> = {
  "toSorted, toReversed, toSpliced (110)": /\.to(?:Sorted|Reversed|Spliced)\(/,
  "Array.prototype.with (110)": /\]\.with\(|\b(?:list|all|items)\.with\(/,
  "Array.fromAsync (121)": /Array\.fromAsync/,
  "groupBy (117)": /(?:Object|Map)\.groupBy/,
  "Promise.withResolvers, Promise.try (119, 128)": /Promise\.(?:withResolvers|try)\b/,
  "methods of Set (122)": /\.(?:isSubsetOf|isSupersetOf|isDisjointFrom|symmetricDifference|intersection|difference)\(/,
  "AbortSignal.any (116)": /AbortSignal\.any/,
  "URL.canParse (120)": /URL\.(?:canParse|parse)\(/,
  "isWellFormed (111)": /\.(?:isWellFormed|toWellFormed)\(/,
  "popover (114)": /\bpopover(?:=|target)|\.(?:show|hide|toggle)Popover\(/i,
  "scrollend (114)": /scrollend/,
  "view transitions (111)": /startViewTransition/,
  "Intl.Segmenter (Firefox 125)": /Intl\.(?:Segmenter|DurationFormat)/,
  "scheduler (129)": /scheduler\.yield/,
  "modules beside JSON (123)": /\bwith\s*\{\s*type:/,
};

const styles: Record<string, RegExp> = {
  "dvh and its like without --vh (108)": /\d(?:dvh|svh|lvh|dvw)\b(?![^{}]*\{)/,
  "nesting (120)": /^\s+&/m,
  "color-mix (111)": /color-mix\(/,
  "light-dark (123)": /light-dark\(/,
  "new colours (111)": /\b(?:oklch|oklab|lab|lch|color)\(/,
  "text-wrap (114)": /text-wrap:/,
  "@starting-style, @scope (117, 118)": /@(?:starting-style|scope|view-transition)\b/,
  "subgrid (117)": /subgrid/,
  "field-sizing (123)": /field-sizing/,
  ":user-invalid (119)": /:user-(?:in)?valid/,
  ":has in Firefox before 121 decides no more than looks": /:has\([^)]*\)[^{]*\{[^}]*display:\s*none/,
  "animation-timeline (115)": /(?:animation|scroll|view)-timeline/,
};

for (const [what, pattern] of Object.entries(scripts)) {
  test(`no script uses ${what}`, () => {
    const all = sources("src", /\.tsx?$/);
    assert.ok(all.length > 200);
    for (const [file, text] of all) assert.doesNotMatch(text, pattern, file);
  });
}

for (const [what, pattern] of Object.entries(styles)) {
  test(`no style uses ${what}`, () => {
    const all = sources("src", /\.css$/).filter(([file]) => file !== "ui/tokens.css");
    assert.ok(all.length > 15);
    for (const [file, text] of all) assert.doesNotMatch(text, pattern, file);
  });
}

test("the patterns find what they name", () => {
  const samples = [
    "a.toSorted()",
    "x[0].with(1, 2)",
    "Array.fromAsync(a)",
    "Object.groupBy(a, f)",
    "Promise.withResolvers()",
    "a.isSubsetOf(b)",
    "AbortSignal.any([])",
    "URL.canParse(x)",
    "x.isWellFormed()",
    "e.showPopover()",
    "scrollend",
    "document.startViewTransition",
    "new Intl.Segmenter()",
    "await scheduler.yield()",
    'import x from "x" with { type: "json" }',
  ];
  for (const sample of samples)
    assert.ok(
      Object.values(scripts).some((p) => p.test(sample)),
      sample,
    );
  const looks = [
    "height: 100dvh;",
    "  & b",
    "color-mix(in",
    "light-dark(a",
    "oklch(1",
    "text-wrap: balance",
    "@scope",
    "subgrid",
    "field-sizing",
    ":user-invalid",
  ];
  for (const sample of looks)
    assert.ok(
      Object.values(styles).some((p) => p.test(sample)),
      sample,
    );
});
