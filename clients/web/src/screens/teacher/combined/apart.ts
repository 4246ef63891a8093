// Whether the other lesson still calls this one its group.
import { signal } from "@preact/signals";
import { api, refusalOf } from "../../../connection/api";
import { backoff, sleep } from "../../../connection/backoff";

/** The lesson of this console, where the server refused to tell the other one of it: that has another group by now, or is over. */
export const apart = signal<string | undefined>(undefined);

/** What passes by itself. */
const passing: ReadonlySet<string> = new Set(["offline", "try-again", "not-saved", "too-fast"]);

/** The server may have gone after it told one of the two: it is asked until it has told both, or says why not.
 *  @returns stops asking */
export function tellBoth(own: string, other: string): () => void {
  let here = true;
  const ask = async () => {
    for (let again = 0; here; again++) {
      const refusal = await api.combine(own, other).then(() => undefined, refusalOf);
      if (!refusal || !here) return;
      if (!passing.has(refusal.code)) {
        apart.value = own;
        return;
      }
      await sleep(backoff(again));
    }
  };
  void ask();
  return () => {
    here = false;
    if (apart.peek() === own) apart.value = undefined;
  };
}
