// Builds the tests with Vite for Node and runs them with Node's own runner.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { build } from "vite";

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
