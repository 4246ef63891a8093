import { signal } from "@preact/signals";

/** The student whose transcript is open. */
export const transcript = signal<string | undefined>(undefined);
