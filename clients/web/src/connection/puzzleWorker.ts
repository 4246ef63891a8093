// Solves a puzzle beside the page, which stays alive meanwhile. Posts the share that was looked at, and the number at the end.
import { search } from "./puzzle";

const page = globalThis as unknown as Worker;
const slice = 5000;

page.onmessage = ({ data: { salt, hash, max } }: MessageEvent<{ salt: string; hash: string; max: number }>) => {
  for (let from = 0; from < max; from += slice) {
    const number = search(salt, hash, from, Math.min(max, from + slice));
    if (number !== undefined) return page.postMessage({ number });
    page.postMessage({ share: (from + slice) / max });
  }
  page.postMessage({});
};
