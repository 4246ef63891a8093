import { defineConfig, type Plugin } from "vite";

const pages = ["index", "teach", "board", "mentor", "operator", "accounts"];

const policy =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self' ws: wss:; " +
  "object-src 'none'; base-uri 'none'; form-action 'self'";

/** The policy stands in each built page too, for a server in front that forgets it. Vite's own page in development needs inline scripts. */
const strictPages: Plugin = {
  name: "strict-pages",
  apply: "build",
  transformIndexHtml: (html) => html.replace("<head>", `<head>\n  <meta http-equiv="Content-Security-Policy" content="${policy}">`),
};

/** In development as on the server: /board is board.html, /j/CODE is index.html. */
const routes: Plugin = {
  name: "routes",
  configureServer(server) {
    server.middlewares.use((request, _response, next) => {
      const page = /^\/(teach|board|mentor|operator|accounts)(?=[/?]|$)/.exec(request.url ?? "")?.[1];
      if (page) request.url = `/${page}.html`;
      else if (request.url?.startsWith("/j/")) request.url = "/index.html";
      next();
    });
  },
};

const server = { target: "http://localhost:5080", changeOrigin: false };

export default defineConfig({
  plugins: [strictPages, routes],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../../silo/Classroom.Silo/wwwroot",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: pages.map((page) => `${page}.html`) },
  },
  server: { proxy: { "/api": server, "/enter": server, "/oidc": server, "/hubs": { ...server, ws: true } } },
});
