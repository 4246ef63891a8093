// Prints the interface's words as JSON, for the browser tests of the whole product.
import { pathToFileURL } from "node:url";
import { build } from "vite";

const out = "node_modules/.words";
await build({
  configFile: false,
  logLevel: "error",
  publicDir: false,
  build: { ssr: "tests/words.ts", outDir: out, emptyOutDir: true, target: "node20" },
});
const { words } = await import(pathToFileURL(`${out}/words.js`).href);
process.stdout.write(JSON.stringify(words));
