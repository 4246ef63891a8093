// Gives a component's test the globals of a browser before anything of it is loaded: happy-dom's window. Other tests run in plain Node.
if (process.argv[1]?.includes("tests-components")) {
  const { Window } = await import("happy-dom");
  const window = new Window({ url: "http://localhost/", width: 390, height: 844 });
  // Node's own globals are kept, but for what a DOM takes from its own realm only.
  const replaced = new Set(["Event", "CustomEvent", "EventTarget", "KeyboardEvent", "MessageEvent", "FormData", "navigator"]);
  for (const name of new Set([...Object.getOwnPropertyNames(window), ...Object.getOwnPropertyNames(Window.prototype)])) {
    if ((name in globalThis && !replaced.has(name)) || name.startsWith("_") || name === "constructor") continue;
    const value = window[name];
    const bound = typeof value === "function" && !/^[A-Z]/.test(name) ? value.bind(window) : value;
    Object.defineProperty(globalThis, name, { value: bound, configurable: true, writable: true });
  }
  globalThis.window = globalThis;
}
