import { signal } from "@preact/signals";

/** Rises when a connection by cookie cannot be made: perhaps nobody is signed in any more, and the page asks who is. */
export const lost = signal(0);
