import { later } from "../../ui/later";

/** The lesson itself: asked for with the first touch or key, so that it comes while the child types. */
export const lesson = later(async () => (await import("./Room")).Room, { whole: true });
