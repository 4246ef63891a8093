// Checks the types of the product and of its tests, builds the tests with Vite for Node and runs them with Node's own runner.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { build } from "vite";

const types = spawnSync(process.execPath, ["node_modules/typescript/bin/tsc", "--noEmit"], { stdio: "inherit" });
if (types.status !== 0) process.exit(types.status ?? 1);

const out = "node_modules/.tests";
const tests = readdirSync("tests").filter((f) => f.endsWith(".test.ts"));
await build({
  configFile: false,
  logLevel: "error",
  publicDir: false,
  build: {
    ssr: true,
    outDir: out,
    emptyOutDir: true,
    target: "node20",
    rollupOptions: { input: Object.fromEntries(tests.map((f) => [f.replace(/\.ts$/, ""), `tests/${f}`])) },
  },
});
const files = readdirSync(out)
  .filter((f) => /\.test\.m?js$/.test(f))
  .map((f) => `${out}/${f}`);
process.exit(spawnSync(process.execPath, ["--test", ...files], { stdio: "inherit" }).status ?? 1);
