// Commands by name with their fields. The command id travels beside the fields.
export type { Commands } from "./generated/wire";

import type { Commands } from "./generated/wire";

export type CommandName = keyof Commands;
