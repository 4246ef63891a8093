// Builds the stage for HostileMarkdownTest into a folder given: the product's own modules, on a page of their own.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";

const out = process.argv[2];
await build({
  configFile: false,
  logLevel: "error",
  publicDir: false,
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: out,
    emptyOutDir: false,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: false,
    cssCodeSplit: false,
    rollupOptions: {
      input: "tests/hostile/stage.tsx",
      output: { entryFileNames: "stage.js", chunkFileNames: "assets/[name].js", assetFileNames: "assets/[name][extname]" },
    },
  },
});
writeFileSync(
  join(out, "stage.html"),
  '<!doctype html><html lang="kk"><head><meta charset="utf-8"><link rel="icon" href="data:,"><title>Stage</title></head><body><div id="app"></div><script type="module" src="/stage.js"></script></body></html>',
);
