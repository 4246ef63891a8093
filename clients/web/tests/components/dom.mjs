// Gives Node the globals of a browser before a component is loaded: happy-dom's own window.
import { Window } from "happy-dom";

const window = new Window({ url: "http://localhost/", width: 390, height: 844 });
// What Node has of its own is kept, but for what a DOM must recognise as its own.
const replaced = new Set(["Event", "CustomEvent", "EventTarget", "KeyboardEvent", "MessageEvent", "FormData", "navigator"]);
for (const name of new Set([...Object.getOwnPropertyNames(window), ...Object.getOwnPropertyNames(Window.prototype)])) {
  if (name in globalThis && !replaced.has(name)) continue;
  if (name.startsWith("_") || name === "constructor") continue;
  const value = window[name];
  const bound = typeof value === "function" && !/^[A-Z]/.test(name) ? value.bind(window) : value;
  Object.defineProperty(globalThis, name, { value: bound, configurable: true, writable: true });
}
globalThis.window = globalThis;
