// A student's question on its way into the teacher's own words: one tap on it, and it stands in the field of "Explain".
import { signal } from "@preact/signals";

export const askedByStudent = signal<string | undefined>(undefined);

/** As long as the field takes. */
export function explainQuestion(text: string): void {
  askedByStudent.value = text.trim().slice(0, 500);
}
