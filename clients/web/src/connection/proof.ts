// The work that the server asks for when many wrong codes or passwords come: a second of a phone, seconds under attack.
import type { Challenge, Proof } from "../protocol/http";
import { search } from "./puzzle";

/** How much of it is done, 0..1. */
export type OnWork = (share: number) => void;

const slice = 2000;

export async function solve(challenge: Challenge, onWork: OnWork): Promise<Proof> {
  onWork(0);
  const number = await aside(challenge, onWork).catch(() => onPage(challenge, onWork));
  return { token: challenge.token, number };
}

function aside({ salt, hash, max }: Challenge, onWork: OnWork): Promise<number> {
  return new Promise((done, fail) => {
    const worker = new Worker(new URL("./puzzleWorker.ts", import.meta.url), { type: "module" });
    const end = (number: number | undefined) => {
      worker.terminate();
      if (number === undefined) fail(new Error("no number"));
      else done(number);
    };
    worker.onmessage = ({ data }: MessageEvent<{ share?: number; number?: number }>) => {
      if (data.share === undefined) end(data.number);
      else onWork(data.share);
    };
    worker.onerror = () => end(undefined);
    worker.postMessage({ salt, hash, max });
  });
}

/** Where there is no worker: an old browser, a file that did not come. In slices, so that the page still answers to a finger. */
async function onPage({ salt, hash, max }: Challenge, onWork: OnWork): Promise<number> {
  for (let from = 0; from < max; from += slice) {
    const number = search(salt, hash, from, Math.min(max, from + slice));
    if (number !== undefined) return number;
    onWork((from + slice) / max);
    await new Promise((next) => setTimeout(next));
  }
  throw new Error("no number");
}
