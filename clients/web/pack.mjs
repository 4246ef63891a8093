// After vite: the icons, the worker, and beside each text file of the built client its brotli and its gzip, so that the server never compresses anything itself.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "vite";
import { writeIcons } from "./icons.mjs";

const root = "../../silo/Classroom.Silo/wwwroot";

writeIcons(root);
// The worker is one file under a name that never changes: it is looked up by that name.
await build({
  configFile: false,
  logLevel: "error",
  publicDir: false,
  build: {
    outDir: root,
    emptyOutDir: false,
    target: ["chrome105", "firefox115", "safari15.6"],
    rollupOptions: { input: "src/worker/worker.ts", output: { format: "iife", entryFileNames: "worker.js" } },
  },
});

// Fonts are compressed by their own format.
const texts = /\.(html|js|css|svg|webmanifest)$/;
const brotli = (bytes) =>
  brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });

for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !texts.test(entry.name)) continue;
  const path = join(entry.parentPath, entry.name);
  const bytes = readFileSync(path);
  writeFileSync(`${path}.br`, brotli(bytes));
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }));
}
