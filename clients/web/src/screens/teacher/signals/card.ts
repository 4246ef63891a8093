import type { ComponentChildren } from "preact";

/** Something that may need the teacher now. `urgency` orders the cards, most urgent first. */
export type SignalCard = { key: string; urgency: number; card: ComponentChildren };
