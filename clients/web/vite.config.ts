import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, type Plugin } from "vite";

/** A phone of four years ago, Debian's Firefox, and iPhones that get no newer system. `tests/oldBrowsers.test.ts` holds what no build can mend. */
const oldest = ["chrome105", "firefox115", "safari15.6"];

const pages = ["index", "teach", "board", "mentor", "operator", "accounts", "helper"];

const policy =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self' ws: wss:; media-src 'self' blob:; " +
  "object-src 'none'; base-uri 'none'; form-action 'self'";

/** The policy stands in each built page too, for a server in front that forgets it. Vite's own page in development needs inline scripts. */
const strictPages: Plugin = {
  name: "strict-pages",
  apply: "build",
  transformIndexHtml: (html) => html.replace("<head>", `<head>\n  <meta http-equiv="Content-Security-Policy" content="${policy}">`),
};

/**
 * Stands where a page's scripts do not run, or never come: shown by the style sheet alone, some seconds after the page, or at once where scripts
 * are switched off.
 */
const withoutScripts: Plugin = {
  name: "without-scripts",
  transformIndexHtml: (html) =>
    html.replace(
      '<div id="app"></div>',
      `<div id="app"></div>
  <div id="no-page">
    <p lang="kk">Бет ашылмай тұр. Байланысты тексеріңіз, браузерді жаңартыңыз немесе басқа браузермен ашып көріңіз.</p>
    <p lang="ru">Страница не открывается. Проверьте связь, обновите браузер или попробуйте другой.</p>
    <p lang="en">The page does not open. Please check the connection, update the browser or try another one.</p>
  </div>`,
    ),
};

/** In development as on the server: /board is board.html, /j/CODE is index.html. */
const routes: Plugin = {
  name: "routes",
  configureServer(server) {
    server.middlewares.use((request, _response, next) => {
      const page = /^\/(teach|board|mentor|operator|accounts|helper)(?=[/?]|$)/.exec(request.url ?? "")?.[1];
      if (page) request.url = `/${page}.html`;
      else if (request.url?.startsWith("/j/")) request.url = "/index.html";
      next();
    });
  },
};

const ahead = new Map<string, string>();

/**
 * The student's page begins with the words of one language and asks for them by itself; told of them here, the browser has them on the way before
 * the page's own scripts are read. The choice is that of `i18n/language.ts`.
 */
const wordsAhead: Plugin = {
  name: "words-ahead",
  apply: "build",
  writeBundle: ({ dir }) => {
    for (const [name, source] of ahead) writeFileSync(join(dir ?? outDir, name), source);
  },
  transformIndexHtml: {
    order: "post",
    handler(html, { filename, bundle }) {
      if (!filename.endsWith("index.html") || !bundle) return html;
      const files = Object.fromEntries(
        ["kk", "ru", "en"].map((l) => [l, Object.keys(bundle).filter((f) => new RegExp(`/(words|student)-${l}-[^/]+\\.js$`).test(f))]),
      );
      if (Object.values(files).some((f) => f.length !== 2)) throw new Error(`the words of a language are ${JSON.stringify(files)}`);
      const source = `(function(f,l,i,x){try{l=f[localStorage.getItem("ortaq.language")]}catch(e){}
for(i=0;!l&&i<navigator.languages.length;i++)l=f[navigator.languages[i].slice(0,2)];
(l||f.kk).forEach(function(n){x=document.createElement("link");x.rel="modulepreload";x.crossOrigin="";x.href="/"+n;document.head.append(x)})})(${JSON.stringify(files)})`;
      const name = `assets/ahead-${createHash("sha256").update(source).digest("hex").slice(0, 8)}.js`;
      ahead.set(name, source);
      return html.replace("<title>", `<script async src="/${name}"></script>\n  <title>`);
    },
  },
};

/** Few files, each for those pages that need it: what comes late shares a part of what is here, and would else make files of its own. */
const groups = [
  {
    name: (id: string) => `words-${/(\w+)\.ts$/.exec(id)?.[1]}`,
    test: /src\/i18n\/(?:common|refusals|rooms)\/(?:kk|ru|en)\.ts/,
    priority: 3,
  },
  {
    name: (id: string) => `student-${/(\w+)\.ts$/.exec(id)?.[1]}`,
    debugName: "words",
    test: /src\/i18n\/student\/(?:kk|ru|en)\.ts/,
    priority: 3,
  },
  // What every page begins with.
  {
    name: "base",
    test: /node_modules\/@?preact|vite\/|src\/(?:device\/kept|connection\/(?:api|lost|clock|session|backoff)|protocol\/(?:types|ids|generated)|ui\/(?:base|Length|Theirs|theme|parts|late|later|Reload|marks|Mark)\b|i18n\/(?:(?:common|refusals|rooms|student)\/index|dictionary|known|language|names|plural|index)|lesson\/join)|rolldown.runtime/,
    priority: 4,
  },
  // What is in a live lesson.
  {
    name: "lesson",
    test: /node_modules\/@microsoft|src\/(?:connection|protocol|lesson\/(?:lesson|store|text|context|seats|threads|phone|rooms|explanations))/,
    priority: 1,
  },
  {
    name: "more",
    test: /src\/ui\/(?:Sheet|Looks|AgainIn|RehearsalMark|Newer|Rich|Sentences|blocks|AiBadge|Counted|Status|banner|icons|Waiting|Picture)\b/,
    priority: 1,
  },
];

const outDir = "../../silo/Classroom.Silo/wwwroot";
const server = { target: "http://localhost:5080", changeOrigin: false };

export default defineConfig({
  plugins: [strictPages, withoutScripts, wordsAhead, routes],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir,
    emptyOutDir: true,
    target: oldest,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: pages.map((page) => `${page}.html`),
      output: { codeSplitting: { groups } },
    },
  },
  server: { proxy: { "/api": server, "/enter": server, "/oidc": server, "/hubs": { ...server, ws: true } } },
});
