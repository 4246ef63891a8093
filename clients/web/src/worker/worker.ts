// What lets a page open without a line. It keeps the pages themselves and their files by hash, which are nobody's; what is said to a person (/api, the
// hub, /enter, photos) never comes here: no route is for it. It runs only where browsers let it: over https, and on the server's own machine.
import type { WorkboxPlugin } from "workbox-core/types.js";
import { ExpirationPlugin } from "workbox-expiration";
import { registerRoute, setCatchHandler } from "workbox-routing";
import { CacheFirst, NetworkFirst } from "workbox-strategies";

/** What is asked of the worker's own world, which is not that of a page. */
type Happening = Event & { waitUntil: (until: Promise<unknown>) => void; data?: { keep?: unknown } };
const own = globalThis as unknown as {
  skipWaiting: () => Promise<void>;
  clients: { claim: () => Promise<void> };
  addEventListener: (name: "install" | "activate" | "message", listener: (event: Happening) => void) => void;
};

const entries = new Set(["/", "/teach", "/board", "/mentor", "/operator", "/accounts", "/helper"]);
const withoutLine = ["/offline.html", "/offline.js", "/offline.css", "/mark.svg"];

/** Without what stands in an address: a code, a link. */
function entryOf(url: URL): string | undefined {
  if (url.pathname.startsWith("/j/")) return "/";
  const path = url.pathname.length > 1 ? url.pathname.replace(/\/$/, "") : "/";
  return entries.has(path) ? path : undefined;
}

const pages = new NetworkFirst({
  cacheName: "ortaq.pages",
  // A cellar's line is slow: an old page asks for files that a newer server does not have.
  networkTimeoutSeconds: 20,
  plugins: [
    {
      cacheKeyWillBeUsed: async ({ request }) => entryOf(new URL(request.url)) ?? request,
      // A network that wants to be signed in to answers with a page of its own.
      cacheWillUpdate: async ({ response }) =>
        response.ok && !response.redirected && response.headers.has("Content-Security-Policy") ? response : null,
    },
  ],
});
const files = new CacheFirst({ cacheName: "ortaq.files", plugins: [new ExpirationPlugin({ maxEntries: 300 }) as WorkboxPlugin] });

registerRoute(({ request, url, sameOrigin }) => sameOrigin && request.mode === "navigate" && entryOf(url) !== undefined, pages);
registerRoute(({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith("/assets/"), files);
registerRoute(({ url, sameOrigin }) => sameOrigin && withoutLine.includes(url.pathname), new NetworkFirst({ cacheName: "ortaq.offline" }));

setCatchHandler(async ({ request }) => {
  const page = request.mode === "navigate" ? await caches.match("/offline.html") : undefined;
  return page ?? Response.error();
});

own.addEventListener("install", (event) => {
  event.waitUntil(caches.open("ortaq.offline").then((cache) => cache.addAll(withoutLine)));
  void own.skipWaiting();
});
own.addEventListener("activate", (event) => event.waitUntil(own.clients.claim()));

/** A page that was here before its worker says what it is made of; the browser still has these files. */
own.addEventListener("message", (event) => {
  const keep = event.data?.keep;
  if (!Array.isArray(keep)) return;
  for (const path of keep) {
    const url = new URL(`${path}`, location.origin);
    if (url.origin !== location.origin) continue;
    const strategy = url.pathname.startsWith("/assets/") ? files : entryOf(url) ? pages : undefined;
    if (strategy) event.waitUntil(strategy.handle({ event, request: new Request(url) }).catch(() => {}));
  }
});
