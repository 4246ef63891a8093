import type { ComponentChildren } from "preact";

/** What somebody else wrote or is called: apart in direction from what stands around it, and marks over its letters stay inside it. */
export function Theirs({ children }: { children: ComponentChildren }) {
  return <bdi class="theirs">{children}</bdi>;
}

/** The same inside a sentence of ours, where only a letter that is written from right to left can turn something around. */
export const isolated = (text: string): string => (/[\u0590-\u08ff\ufb1d-\ufefc]/.test(text) ? `\u2068${text}\u2069` : text);
