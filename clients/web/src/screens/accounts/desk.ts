import type { Accounts } from "../../protocol/http";

/** A link that was just made; it is shown once. */
export type Given = { name: string; token: string };

/** @property act carries a change out and reads the list anew; a link that comes of it is shown */
export type Desk = { all: Accounts; act: (what: () => Promise<Given | unknown>) => Promise<boolean>; busy: boolean };
