// A child comes in by the smallest page that there can be; what it works with comes while it sits down.
import { later } from "../../ui/later";

export const work = later(async () => (await import("./WorkView")).WorkView);
