// Checks the types of the product and of its tests, builds the tests with Vite for Node and runs them with Node's own runner:
// `tests/*.test.ts` in plain Node, `tests/components/*.test.tsx` with a DOM.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { build } from "vite";

const node = (...args) => spawnSync(process.execPath, args, { stdio: "inherit" }).status ?? 1;

/** A page loads its words before it is shown. */
const allWords = {
  name: "all-words",
  enforce: "pre",
  transform: (code, id) => (/\.test\.tsx?$/.test(id) ? `import ${JSON.stringify(resolve("tests/allWords.ts"))};${code}` : undefined),
};

/** @param bundled also what is imported from packages, so that every component gets the same Preact */
async function built(folder, bundled) {
  const tests = readdirSync(folder).filter((file) => /\.test\.tsx?$/.test(file));
  const name = (file) => file.replace(/\.tsx?$/, "");
  const out = `node_modules/.${folder.replace("/", "-")}`;
  await build({
    configFile: false,
    logLevel: "error",
    publicDir: false,
    plugins: [allWords],
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
  return tests.map((file) => `${out}/${name(file)}.js`);
}

const types = node("node_modules/typescript/bin/tsc", "--noEmit");
if (types !== 0) process.exit(types);
const files = [...(await built("tests", false)), ...(await built("tests/components", true))];
// A test that waits for what never comes fails, and does not hang. The limit is that of a whole file: on a machine at work the longest needs a minute.
process.exit(node("--import", "./tests/components/dom.mjs", "--test", "--test-timeout=600000", ...files));
