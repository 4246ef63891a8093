// A page that a person keeps as a file, made on the device and sent nowhere.

/** Elements that have no end in HTML. */
const single = new Set(["br", "hr", "img", "meta"]);

/** A copy of a part of the page as a whole page of its own: text and its marks, without what is pressed. */
export function asPage(part: Element, title: string, language: string, style: string): Blob {
  const page = document.implementation.createHTMLDocument(title);
  page.documentElement.lang = language;
  const charset = page.createElement("meta");
  charset.setAttribute("charset", "utf-8");
  const look = page.createElement("style");
  look.textContent = style;
  page.head.append(charset, look);
  const copy = page.importNode(part, true) as Element;
  for (const gone of copy.querySelectorAll(".no-print, button, img, textarea")) gone.remove();
  // As XML an empty element would end in itself, and a browser would put all that follows into it.
  for (const element of copy.querySelectorAll("*")) if (!element.hasChildNodes() && !single.has(element.localName)) element.append(" ");
  page.body.append(copy);
  return new Blob(["<!doctype html>", new XMLSerializer().serializeToString(page.documentElement)], { type: "text/html" });
}

/** The browser puts it where it keeps what is downloaded. */
export function keepFile(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser reads it after the press.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
