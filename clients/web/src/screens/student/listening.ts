import { signal } from "@preact/signals";

/** Which sentence of which explanation is read aloud, or waits to be read on; undefined: nobody listens. Pressing a sentence then says where to go on. */
export const listening = signal<{ id: string; sentence: number } | undefined>(undefined);
/** A sentence that was pressed. */
export const jump = signal<{ sentence: number } | undefined>(undefined);
