import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";

const files = readdirSync("src", { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => /\.(tsx?|css)$/.test(file));

/** Which folders a folder may import from; each screen counts as one. */
const mayImport: Record<string, readonly string[]> = {
  device: [],
  protocol: [],
  worker: [],
  i18n: ["device", "protocol"],
  ui: ["device", "protocol", "i18n"],
  connection: ["device", "protocol"],
  lesson: ["device", "protocol", "connection"],
  screens: ["device", "protocol", "connection", "lesson", "ui", "i18n"],
};

/** `screens/teacher/ask/Ask.tsx` stands in `screens/teacher`, `ui/Sheet.tsx` in `ui`. */
const roomOf = (file: string): string =>
  file
    .split("/")
    .slice(0, file.startsWith("screens/") ? 2 : 1)
    .join("/");

/** The project's own files that a file imports, type imports too. */
function importsOf(file: string): string[] {
  const source = readFileSync(join("src", file), "utf8");
  const specifiers = [...source.matchAll(/(?:\bfrom|\bimport|@import|\burl\()\s*\(?\s*["'](\.[^"']*)["']/g)].map((m) => m[1] ?? "");
  const globs = specifiers.filter((s) => s.includes("*"));
  const found = specifiers
    .filter((s) => !s.includes("*"))
    .map((specifier) => {
      const base = join(dirname(file), specifier).replaceAll("\\", "/");
      const target = [base, `${base}.ts`, `${base}.tsx`, `${base}/index.ts`].find(
        (path) => /\.\w+$/.test(path) && existsSync(join("src", path)),
      );
      assert.ok(target, `${file} imports ${specifier}, which is not there`);
      return target;
    });
  assert.ok(
    globs.every((g) => g.startsWith("./")),
    `${file} gathers files of another folder`,
  );
  return found;
}

const graph = new Map(files.map((file) => [file, importsOf(file)]));

test("every file stands in a room that is known", () => {
  for (const file of files) assert.ok(mayImport[file.split("/")[0] ?? ""], file);
  assert.deepEqual(readdirSync("src/screens").sort(), ["accounts", "board", "helper", "mentor", "operator", "student", "teacher"]);
});

test("a room imports only the rooms below it, and no screen imports another", () => {
  let crossings = 0;
  for (const [file, imports] of graph) {
    for (const target of imports) {
      if (roomOf(file) === roomOf(target)) continue;
      crossings++;
      assert.ok(mayImport[file.split("/")[0] ?? ""]?.includes(roomOf(target)), `${file} imports ${target}`);
    }
  }
  assert.ok(crossings > 300, `${crossings} imports were read`);
});

test("no file imports itself by a way round", () => {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    assert.ok(!path.includes(file), [...path.slice(path.indexOf(file)), file].join(" -> "));
    if (done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
});

test("protocol needs no package either", () => {
  for (const file of files.filter((f) => f.startsWith("protocol/")))
    assert.doesNotMatch(readFileSync(join("src", file), "utf8"), /(?:from|import) "[^.]/, file);
});

test("no file is longer than 400 lines", () => {
  const all = [
    ...files.filter((f) => !f.startsWith("protocol/generated/")).map((f) => `src/${f}`),
    ...readdirSync("tests")
      .filter((f) => /\.(tsx?|mjs)$/.test(f))
      .map((f) => `tests/${f}`),
  ];
  for (const file of all) assert.ok(readFileSync(file, "utf8").split("\n").length <= 401, file);
});

test("the names on the wire stand in protocol alone", () => {
  const names =
    /"(?:Snapshot|Patch|Text|Presence|Saving|Closed|Tiles|Sync|Execute|ReadText|WatchCentre|Ping)"|\/hubs\/|invoke(?:<\w+>)?\(\s*"/;
  for (const file of files.filter((f) => !f.startsWith("protocol/")))
    assert.doesNotMatch(readFileSync(join("src", file), "utf8"), names, file);
});
