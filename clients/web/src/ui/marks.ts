// Formulas and tables are in few texts: what finds and shows them comes with the first text that may have some, and again until it is there.
// Until then such a text stands as it was written.
import { signal } from "@preact/signals";

type Marks = typeof import("./formula/marked");

const again = 3000;
const loaded = signal<Marks | undefined>(undefined);
let going = false;

function fetch(): void {
  if (going || loaded.peek()) return;
  going = true;
  import("./formula/marked").then(
    (module) => {
      loaded.value = module;
    },
    () =>
      setTimeout(() => {
        going = false;
        fetch();
      }, again),
  );
}

/** Undefined for a text that has none, and until they have come; reading it in a component follows that. */
export function marks(text: string): Marks | undefined {
  if (!/[$\\]|^\s*\|/m.test(text)) return undefined;
  fetch();
  return loaded.value;
}

/** What may be shown of a sentence that still streams: a formula that has begun waits for its end. */
export function begun(text: string): string {
  const sign = text.search(/[$\\]/);
  if (sign < 0) return text;
  return marks(text)?.withoutBegun(text) ?? text.slice(0, sign);
}
