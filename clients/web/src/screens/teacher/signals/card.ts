import type { ComponentChildren } from "preact";

/** Something that may need the teacher now. `urgency` orders the cards, most urgent first. */
/** `urgent`: a child waits for it; on a phone it stands above the step. */
export type SignalCard = { key: string; urgency: number; card: ComponentChildren; urgent?: boolean };
