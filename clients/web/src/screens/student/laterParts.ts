// A child comes in by the smallest page that there can be; what it works, talks and asks with comes while it sits down.
import { later } from "../../ui/later";

export const work = later(async () => (await import("./WorkView")).WorkView);
export const question = later(async () => (await import("./QuestionView")).QuestionView);
export const talk = later(async () => (await import("./TalkView")).TalkView);
/** Most steps have none: nothing stands there meanwhile. */
export const tutor = later(async () => (await import("./TutorView")).TutorCard, { quiet: true });
/** The hand, the tempo, how to read: and what stands over the page then. */
export const sheets = later(async () => (await import("./NavSheets")).NavSheets, { quiet: true });
/** The bar under a text, by which it is read aloud. */
export const listen = later(async () => (await import("./ListenBar")).ListenBar, { quiet: true });
/** What a child wrote today, to keep. */
export const today = later(async () => (await import("./TodayView")).TodayView);
