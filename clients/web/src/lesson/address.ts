// At which address phones join. Where a page's own is `localhost`, as a board's on the box itself, nobody else finds it: the server knows better.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { api } from "../connection/api";
import type { Address } from "../protocol/http";

/** Networks come and go, and a teacher chooses on another page. */
const lookEvery = 15_000;
/** A class takes out its phones. */
const patience = 3 * 60_000;

export type AddressTrouble = "thisMachine" | "noNetwork" | "silent" | "nobody";

export const address = signal<Address | undefined>(undefined);

/** Whether a host is the machine itself, in its own words. */
export const isThisMachine = (host: string): boolean => /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/i.test(host);

/** What links and QR codes begin with; undefined while it is not known. */
export function joinOrigin(here: { hostname: string; origin: string } = location): string | undefined {
  const known = address.value;
  if (known?.reach === "public" && known.url) return known.url;
  if (!isThisMachine(here.hostname)) return here.origin;
  return known && (known.url ?? here.origin);
}

/** As a person types it. */
export const hostOf = (origin: string | undefined): string => (origin ? origin.replace(/^https?:\/\//, "") : "");

/** Why phones may not find the way; only a page on the machine itself is told. Where somebody is in there is one. */
export function troubleOf(known: Address | undefined, joined: number, isLate: boolean): AddressTrouble | undefined {
  if (joined > 0) return undefined;
  if (known?.reach === "this-machine") return "thisMachine";
  if (known?.reach === "no-network") return "noNetwork";
  if (known?.reach !== "network") return undefined;
  if (!known.answers) return "silent";
  return isLate && !known.wasReached ? "nobody" : undefined;
}

export function lookAtAddress(): Promise<void> {
  return api.address().then(
    (found) => {
      address.value = found;
    },
    // The page says elsewhere that the server is away.
    () => {},
  );
}

/** Keeps `address` true while the page is open. */
export function useAddress(): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let left = false;
    const look = async () => {
      await lookAtAddress();
      if (!left && (isThisMachine(location.hostname) || !address.value)) timer = setTimeout(look, lookEvery);
    };
    void look();
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, []);
}

/** True once a class has had the time to come in. */
export function afterPatience(then: () => void): () => void {
  const timer = setTimeout(then, patience);
  return () => clearTimeout(timer);
}
