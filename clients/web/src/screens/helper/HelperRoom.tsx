import { say, t } from "../../i18n";
import { w } from "../../i18n/helper";
import { useAddress } from "../../lesson/address";
import { useLessonAgain } from "../../lesson/again";
import { LessonContext } from "../../lesson/context";
import type { Lesson } from "../../lesson/lesson";
import { LanguageSwitch, Loading } from "../../ui/parts";
import { ConnectionDot, OfflineBanner, RefusalToast } from "../../ui/Status";
import { Theirs } from "../../ui/Theirs";
import { useWakeLock } from "../../ui/wakeLock";
import { Ask } from "./Ask";
import { Children } from "./Children";
import { Door } from "./Door";
import { Hands } from "./Hands";
import { Join } from "./Join";
import { Lost } from "./Lost";
import type { HelperLink } from "./link";
import { Name } from "./Name";
import { Note } from "./Note";
import { childrenOf } from "./room";
import { roomLabel, Step } from "./Step";

export function HelperRoom({ link }: { link: HelperLink }) {
  useAddress();
  // What one link left unsent is not sent by another one of this browser.
  const { lesson, hadEnded } = useLessonAgain(link.classroomId, `helper/${link.ticket.slice(-16)}`, link.ticket);
  return (
    <LessonContext.Provider value={lesson}>
      <Inside lesson={lesson} ended={hadEnded} />
    </LessonContext.Provider>
  );
}

export function Inside({ lesson, ended }: { lesson: Lesson; ended: boolean }) {
  useWakeLock();
  const room = lesson.store.one("helped");
  const refusal = lesson.refusal.value;
  const over = lesson.closed.value ?? (refusal && lesson.state.value === "closed" ? refusal.code : undefined);
  if (over === "lesson-ended" || (ended && !room)) return <Note title={w().ended}>{w().thanks}</Note>;
  if (over) return <Note title={refusal ? say(refusal) : say("helper-dismissed")}>{w().askTeacher}</Note>;
  if (!room) return <Loading>{lesson.held.value ? say("database-differs") : t().connecting}</Loading>;
  return (
    <div class="helper">
      <header class="row wrap apart">
        <span class="stack tight">
          <h1 class="cut">
            <Theirs>{roomLabel(room)}</Theirs>
          </h1>
          {room.name && (
            <span class="small muted cut">
              {w().title}: <Theirs>{room.name}</Theirs>
            </span>
          )}
        </span>
        <ConnectionDot state={lesson.state} />
      </header>
      <OfflineBanner lesson={lesson} />
      {room.name && <News lesson={lesson} />}
      <main class="stack wide">
        {room.name ? (
          <>
            <Hands />
            <Door />
            <Ask room={room} />
            <Lost room={room} />
            <Step room={room} />
            <Children />
            <Join room={room} />
          </>
        ) : (
          <Name room={room} />
        )}
      </main>
      <footer class="row">
        <LanguageSwitch short />
      </footer>
      <RefusalToast outbox={lesson.outbox} late />
    </div>
  );
}

/** For who listens to the page: how many wait, each time that changes. */
function News({ lesson }: { lesson: Lesson }) {
  const children = childrenOf(lesson).map(([, child]) => child);
  const raised = children.filter((c) => c.hand && !c.hand.by).length;
  const waiting = children.reduce((sum, c) => sum + (c.waiting ? 1 : 0) + (c.requests?.length ?? 0), 0);
  return (
    <p class="unseen" role="status" data-testid="news">
      {raised + waiting > 0 && w().news(raised, waiting)}
    </p>
  );
}
