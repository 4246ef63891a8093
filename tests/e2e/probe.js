// Looks at a page as a strict person would and returns complaints: what overflows, is cut off, lies under something, has no name,
// or speaks another language. Run inside the page by ScreensTest.
([language, words, nicknames]) => {
  const complaints = new Set();
  const root = document.documentElement;
  const short = (text) => text.replace(/\s+/g, " ").trim().slice(0, 60);
  const nameOf = (e) => `<${e.localName}${e.className && e.getAttribute("class") ? "." + e.getAttribute("class").trim().replace(/\s+/g, ".") : ""}> ${short(e.innerText ?? e.value ?? "")}`;
  const seen = (e) => {
    const r = e.getBoundingClientRect();
    return r.width > 0 && r.height > 0 && !e.closest(".unseen, [hidden]") && e.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  };
  const rolls = (e, axis) => {
    for (let p = e.parentElement; p && p !== document.body; p = p.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(p)[`overflow${axis}`])) return true;
    }
    return false;
  };

  // The page as a whole, and every box of it.
  if (root.scrollWidth > root.clientWidth) complaints.add(`the page is ${root.scrollWidth} wide, the window ${root.clientWidth}`);
  const pageRolls = root.scrollHeight > root.clientHeight && getComputedStyle(document.body).overflowY !== "hidden";
  for (const e of document.body.querySelectorAll("*")) {
    if (!seen(e)) continue;
    const style = getComputedStyle(e);
    const r = e.getBoundingClientRect();
    const speaks = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim() !== "");
    const acts = e.matches("button, a[href], input, textarea, select, summary, [role=button]");
    if (/hidden|clip/.test(style.overflowY) && style.textOverflow !== "ellipsis" && style.webkitLineClamp === "none" && e.scrollHeight > e.clientHeight + 3 && e.innerText)
      complaints.add(`cut off below: ${nameOf(e)} (${e.scrollHeight} in ${e.clientHeight})`);
    if (/hidden|clip/.test(style.overflowX) && style.textOverflow !== "ellipsis" && e.scrollWidth > e.clientWidth + 3 && e.innerText)
      complaints.add(`cut off at the side: ${nameOf(e)}`);
    if (!speaks && !acts) continue;
    if ((r.right > root.clientWidth + 1 || r.left < -1) && !rolls(e, "X")) complaints.add(`beyond the side: ${nameOf(e)}`);
    if (r.bottom > root.clientHeight + 1 && !pageRolls && !rolls(e, "Y")) complaints.add(`beyond the bottom: ${nameOf(e)}`);
    if (acts && e.scrollWidth > e.clientWidth + 2 && style.display !== "inline" && !e.matches("input, textarea, select"))
      complaints.add(`wider than its box: ${nameOf(e)}`);
  }

  // What can be pressed can be reached, and says what it is. An open sheet stands before all else.
  const scene = document.querySelector("[aria-modal=true]") ?? document;
  const before = [...document.querySelectorAll("*")]
    .filter((e) => e.scrollWidth > e.clientWidth || e.scrollHeight > e.clientHeight)
    .map((e) => [e, e.scrollTop, e.scrollLeft]);
  const [x0, y0] = [scrollX, scrollY];
  for (const e of scene.querySelectorAll("button, a[href], input, textarea, select, summary, [role=button]")) {
    if (!seen(e)) continue;
    const label = e.labels?.length ? e.labels[0].innerText : "";
    const says = [e.innerText, e.getAttribute("aria-label"), e.title, e.placeholder, label, e.querySelector("img")?.alt].some((s) => s?.trim());
    if (!says) complaints.add(`nameless: ${nameOf(e)}`);
    e.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    const box = e.getClientRects()[0];
    const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    if (!hit) complaints.add(`cannot be reached: ${nameOf(e)}`);
    else if (!e.contains(hit) && !hit.contains(e) && ![...(e.labels ?? [])].some((l) => l.contains(hit)))
      complaints.add(`covered by ${nameOf(hit)}: ${nameOf(e)}`);
  }
  for (const [e, top, left] of before) e.scrollTo({ top, left, behavior: "instant" });
  scrollTo({ left: x0, top: y0, behavior: "instant" });

  // Its language, and nothing of the machine.
  const rules = Object.fromEntries(Object.entries(JSON.parse(words)).map(([l, list]) => {
    const plain = new Set(), patterns = [];
    for (const rule of list) {
      if (/\{1,\d/.test(rule)) patterns.push(new RegExp(rule, "u"));
      else plain.add(rule.slice(1, -1).replace(/\\(.)/g, "$1"));
    }
    return [l, (text) => plain.has(text) || patterns.some((p) => p.test(text))];
  }));
  const judge = (text) => {
    if (!/\p{L}{2}/u.test(text) || nicknames.includes(text)) return;
    if (/undefined|\bNaN\b|\[object|\{\w+\}|^[a-z]+[A-Z]\w*$|^[a-z]+(-[a-z]+)+$/.test(text)) complaints.add(`of the machine: ${short(text)}`);
    if (rules[language](text)) return;
    for (const other of Object.keys(rules)) if (other !== language && rules[other](text)) complaints.add(`in ${other}: ${short(text)}`);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n = walker.nextNode(); n; n = walker.nextNode()) if (n.data.trim() && seen(n.parentElement)) judge(n.data.trim());
  for (const e of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]")) {
    if (seen(e)) for (const name of ["aria-label", "title", "placeholder", "alt"]) judge(e.getAttribute(name)?.trim() ?? "");
  }
  if (root.lang !== language) complaints.add(`the page says it is in ${root.lang}`);
  return [...complaints];
}
