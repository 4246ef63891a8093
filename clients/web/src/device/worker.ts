// The worker that lets this page open without a line: asked for once the page is at work, so that nothing of it is in the first load.

let asked = false;

export function installWorker(): void {
  const workers = globalThis.navigator?.serviceWorker;
  if (asked || !workers) return;
  asked = true;
  void workers
    .register("/worker.js")
    .then(() => workers.ready)
    .then((registration) => {
      const files = performance.getEntriesByType("resource").map((entry) => new URL(entry.name).pathname);
      registration.active?.postMessage({ keep: [location.pathname, ...files.filter((path) => path.startsWith("/assets/"))] });
    })
    // No page depends on it.
    .catch(() => {});
}
