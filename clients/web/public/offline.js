// Opens the page that was asked for as soon as the server answers again.
(() => {
  let asking = false;
  async function look() {
    if (asking) return;
    asking = true;
    try {
      if ((await fetch("/health/live", { cache: "no-store" })).ok) location.reload();
    } catch {
      // Still no line.
    }
    asking = false;
  }
  addEventListener("online", look);
  setInterval(look, 3000);
})();
