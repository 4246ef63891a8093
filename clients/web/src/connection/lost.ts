import { signal } from "@preact/signals";

/** Rises when a connection by cookie cannot be made: perhaps nobody is signed in any more, and the page asks who is. */
export const lost = signal(0);

/** The server has said that its database is not the one it wrote: it opens nothing until somebody has put it right. It stands until the server says otherwise. */
export const held = signal(false);
