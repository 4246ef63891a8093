import { defineConfig, type Plugin } from "vite";

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

const server = { target: "http://localhost:5080", changeOrigin: false };

export default defineConfig({
  plugins: [strictPages, withoutScripts, routes],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../../silo/Classroom.Silo/wwwroot",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: pages.map((page) => `${page}.html`),
      // What every page begins with is one file: what comes late shares a part of it, and would else make two, each with its own headers.
      output: {
        codeSplitting: {
          groups: [
            {
              name: "base",
              test: /node_modules\/@?preact|src\/(?:device\/kept|protocol|connection\/(?:api|clock|session)|lesson\/threads|ui\/(?:Sheet|Looks|parts|icons|AgainIn|base|Length|RehearsalMark|Rich|Sentences|marks|blocks|late|AiBadge|Counted|Theirs|Status|banner|Waiting|later|Reload|MarksLacking|Picture|Sentences)\b|i18n\/(?:common|refusals|\w+\.ts))/,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { "/api": server, "/enter": server, "/oidc": server, "/hubs": { ...server, ws: true } } },
});
