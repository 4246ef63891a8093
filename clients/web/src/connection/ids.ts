/** A UUIDv7: sorts by the time it was made. */
export function uuid7(now = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) & 0xff;
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Waiting times between tries: 0.3 s doubling to 5 s, with jitter so that a class does not come back in step. */
export function backoff(attempt: number, random = Math.random()): number {
  return Math.round(Math.min(5000, 300 * 2 ** Math.min(attempt, 8)) * (0.6 + 0.4 * random));
}

export const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
