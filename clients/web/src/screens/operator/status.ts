// What the server says of itself, asked again every few seconds for as long as the page is open.
import { useEffect, useState } from "preact/hooks";
import { api, Refused, refusalOf } from "../../connection/api";
import { setServerNow } from "../../connection/clock";
import type { OperatorStatus, SiloCard, Trouble } from "../../protocol/http";
import type { Refusal } from "../../protocol/types";

const every = 3000;

/** @property lost the last question was not answered; @property forbidden this account may not ask any more */
type Known = { status: OperatorStatus | undefined; lost: Refusal | undefined; forbidden: boolean };
/** @property askAgain at once, before its time */
export type Asked = Known & { askAgain: () => void };

export function useStatus(): Asked {
  const [pressed, setPressed] = useState(0);
  const [asked, setAsked] = useState<Known>({ status: undefined, lost: undefined, forbidden: false });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let left = false;
    const ask = async () => {
      try {
        const status = await api.operator();
        setServerNow(status.now);
        if (!left) setAsked({ status, lost: undefined, forbidden: false });
      } catch (error) {
        const forbidden = error instanceof Refused && (error.status === 401 || error.status === 403);
        if (!left) setAsked((before) => ({ status: before.status, lost: refusalOf(error), forbidden }));
      }
      if (!left) timer = setTimeout(() => void ask(), every);
    };
    void ask();
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [pressed]);
  return { ...asked, askAgain: () => setPressed((n) => n + 1) };
}

export type SharedTrouble = { code: string; since: string; silos: number };

/** Each trouble once, with when the first server saw it, and how many see it; oldest first. */
export function troublesOf(silos: readonly SiloCard[], own: readonly Trouble[]): SharedTrouble[] {
  const all = new Map<string, SharedTrouble>();
  for (const [trouble, seen] of [...own.map((t) => [t, 0] as const), ...silos.flatMap((s) => s.troubles.map((t) => [t, 1] as const))]) {
    const known = all.get(trouble.code);
    if (!known) all.set(trouble.code, { code: trouble.code, since: trouble.since, silos: seen });
    else {
      known.silos += seen;
      if (Date.parse(trouble.since) < Date.parse(known.since)) known.since = trouble.since;
    }
  }
  return [...all.values()].sort((a, b) => Date.parse(a.since) - Date.parse(b.since) || a.code.localeCompare(b.code));
}

/** As a percentage that never rounds a pause away: 99.9, not 100. */
export function percentOf(lessons: number, paused: number): string {
  const share = (100 * (lessons - paused)) / lessons;
  return paused === 0 ? "100" : (Math.floor(share * 10) / 10).toFixed(1);
}
