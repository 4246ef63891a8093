/** Waiting times between tries: 0.3 s doubling to 5 s, with jitter so that a class does not come back in step. */
export function backoff(attempt: number, random = Math.random()): number {
  return Math.round(Math.min(5000, 300 * 2 ** Math.min(attempt, 8)) * (0.6 + 0.4 * random));
}

export const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
