// ALTCHA's puzzle: which number, written after the salt, has this hash. Not by WebCrypto, which a page of a school's box (plain HTTP) does not have.
import { sha256 } from "@noble/hashes/sha2.js";

/** Looks at the numbers from `from` up to `to`; undefined if it is none of them. */
export function search(salt: string, hash: string, from: number, to: number): number | undefined {
  const wanted = Uint8Array.from(hash.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  if (wanted.length !== 32) return undefined;
  const start = new TextEncoder().encode(salt);
  const bytes = new Uint8Array(start.length + 10);
  bytes.set(start);
  for (let number = from; number < to; number++) {
    const digits = String(number);
    for (let i = 0; i < digits.length; i++) bytes[start.length + i] = digits.charCodeAt(i);
    const found = sha256(bytes.subarray(0, start.length + digits.length));
    if (found[0] === wanted[0] && found[1] === wanted[1] && found.every((byte, i) => byte === wanted[i])) return number;
  }
  return undefined;
}
