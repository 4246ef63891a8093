// A child comes in by the smallest page that there can be; what it works, talks and asks with comes while it sits down.
import { later } from "../../ui/later";

export const work = later(async () => (await import("./WorkView")).WorkView);
export const talk = later(async () => (await import("./TalkView")).TalkView);
/** Most steps have none: nothing stands there meanwhile. */
export const tutor = later(async () => (await import("./TutorView")).TutorCard, { quiet: true });
