// Checks the types of the product and of its tests, builds the tests with Vite for Node and runs them with Node's own runner:
// `tests/*.test.ts` in plain Node, `tests/components/*.test.tsx` with a DOM.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { build } from "vite";

const node = (...args) => spawnSync(process.execPath, args, { stdio: "inherit" }).status ?? 1;

/** @param bundled also what is imported from packages, so that every component gets the same Preact */
async function run(folder, bundled, ...options) {
  const tests = readdirSync(folder).filter((file) => /\.test\.tsx?$/.test(file));
  const name = (file) => file.replace(/\.tsx?$/, "");
  const out = `node_modules/.${folder.replace("/", "-")}`;
  await build({
    configFile: false,
    logLevel: "error",
    publicDir: false,
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    ssr: bundled ? { noExternal: true } : {},
    build: {
      ssr: true,
      outDir: out,
      emptyOutDir: true,
      target: "node20",
      rollupOptions: { input: Object.fromEntries(tests.map((file) => [name(file), `${folder}/${file}`])) },
    },
  });
  const built = new Set(tests.map(name));
  const files = readdirSync(out).filter((file) => built.has(file.replace(/\.m?js$/, "")));
  if (files.length !== tests.length) throw new Error(`${folder}: ${tests.length} test files, ${files.length} built`);
  return node(...options, "--test", ...files.map((file) => `${out}/${file}`));
}

const types = node("node_modules/typescript/bin/tsc", "--noEmit");
if (types !== 0) process.exit(types);
const plain = await run("tests", false);
const components = await run("tests/components", true, "--import", "./tests/components/dom.mjs");
process.exit(plain || components);
