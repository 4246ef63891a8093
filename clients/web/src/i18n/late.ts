// For the student's page: the words of one language first, and the others behind them.
import { type Language, languages } from "../protocol/types";
import { isKnown, learn } from "./known";
import { fetchesBy, lackingWords, language } from "./language";

const files = import.meta.glob(["./common/*.ts", "./refusals/*.ts", "./rooms/*.ts", "./student/*.ts", "!./*/index.ts"], {
  import: "words",
});
const again = 3000;

async function fetchWords(of: Language): Promise<void> {
  const mine = Object.entries(files).filter(([path]) => path.endsWith(`/${of}.ts`));
  learn(Object.fromEntries(await Promise.all(mine.map(async ([path, load]) => [path, await load()] as const))));
}

fetchesBy(fetchWords);

/** Resolves when the page can be shown. A browser may remember that a file failed: a page in another language is better than none. */
export async function firstWords(): Promise<void> {
  const wished = language.peek();
  for (let failures = 0; ; failures++) {
    for (const each of failures < 2 ? [wished] : [wished, ...languages]) {
      try {
        await fetchWords(each);
        if (each !== wished) lackingWords.value = wished;
        language.value = each;
        return;
      } catch {
        // The next one, or the same again.
      }
    }
    await new Promise((next) => setTimeout(next, again));
  }
}

/** So that a switch of the language needs no line. One that fails is asked for again by the switch. */
export function otherWords(): void {
  for (const each of languages) if (!isKnown(each)) void fetchWords(each).catch(() => {});
}
