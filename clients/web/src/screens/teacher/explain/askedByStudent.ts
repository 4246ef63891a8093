// A student's question that the teacher wants to explain: one tap on it puts it into the field of "Explain".
import { signal } from "@preact/signals";

export const askedByStudent = signal<string | undefined>(undefined);

/** As long as the field takes. */
export function explainQuestion(text: string): void {
  askedByStudent.value = text.trim().slice(0, 500);
}
