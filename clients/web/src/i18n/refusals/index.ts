import type { Refusal } from "../../protocol/types";
import { shared } from "../dictionary";
import type { RefusalCode, RefusalWords } from "./kk";

const refusals = shared<RefusalWords>("refusals");

/** A refusal, or a failure code of the tutor, in words. */
export function say(refusal: Refusal | string): string {
  const { code, args } = typeof refusal === "string" ? { code: refusal, args: {} } : refusal;
  const all = refusals();
  return fill(all[code as RefusalCode] ?? all.unknown, args);
}

/** `{max}` in a sentence becomes its argument. */
export function fill(sentence: string, args: Record<string, string> = {}): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => args[name] ?? whole);
}
