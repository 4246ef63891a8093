// A sentence as a voice reads it: each formula by its spoken form, as a screen reader names it.
import type { Language } from "../../protocol/types";
import { hasFormula, parts } from "./find";
import { readable } from "./readable";

export async function aloud(text: string, language: Language): Promise<string> {
  const plain = (part: string) => part.replace(/\*\*/g, "").replace(/^\s*(?:#{1,6}|[-*•])\s+/, "");
  if (!hasFormula(text)) return plain(text).trim();
  const set = await import("./typeset").catch(() => undefined);
  return parts(text)
    .map((part) => {
      if (!("tex" in part)) return plain(part.text);
      const label = (set?.typeset(part.tex, false, language)?.props as Record<string, unknown> | undefined)?.["aria-label"];
      return ` ${typeof label === "string" ? label : readable(part.tex)} `;
    })
    .join("")
    .replace(/\s+/g, " ")
    .trim();
}
