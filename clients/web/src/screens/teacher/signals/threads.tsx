import { w } from "../../../i18n/teacher";
import type { Lesson } from "../../../lesson/lesson";
import { nameOf } from "../../../lesson/seats";
import { exchangesOf, flagsOf, unread, urgent } from "../../../lesson/threads";
import type { Thread } from "../../../protocol/types";
import { Flags } from "../tutor/Flags";
import { transcript } from "../tutor/openTranscript";
import type { SignalCard } from "./card";
import { Frame } from "./Frame";

/** Somebody may be in trouble: before everything else, until the teacher has read it. */
export function alarm(lesson: Lesson): SignalCard | undefined {
  const list = [...lesson.store.all("thread")].filter(([, thread]) => unread(lesson, thread).some((f) => urgent.has(f.flag)));
  if (list.length === 0) return undefined;
  const card = (
    <Frame title={w().tutor.alarm} tone="hot alarm">
      <p class="small">{w().tutor.alarmText}</p>
      <ThreadRows lesson={lesson} list={list} />
    </Frame>
  );
  return { key: "alarm", urgency: 200, card, urgent: true };
}

/** Who asked the tutor, what is unread first. */
export function threads(lesson: Lesson): SignalCard | undefined {
  const list = [...lesson.store.all("thread")]
    .filter(([, thread]) => !unread(lesson, thread).some((f) => urgent.has(f.flag)))
    .sort(([, a], [, b]) => unread(lesson, b).length - unread(lesson, a).length || b.count - a.count);
  if (list.length === 0) return undefined;
  const flagged = list.some(([, thread]) => unread(lesson, thread).length > 0);
  const card = (
    <Frame title={w().tutor.threads(list.length)}>
      <ThreadRows lesson={lesson} list={list.slice(0, 5)} />
      {list.length > 5 && <span class="small muted">{w().cards.more(list.length - 5)}</span>}
    </Frame>
  );
  return { key: "threads", urgency: flagged ? 44 : 16, card };
}

function ThreadRows({ lesson, list }: { lesson: Lesson; list: readonly [string, Thread][] }) {
  return (
    <ul class="plain stack">
      {list.map(([id, thread]) => (
        <li key={id} class="stack tight hand">
          <div class="row apart">
            <b class="cut">{nameOf(lesson, id)}</b>
            <span class="small nowrap">{w().tutor.asked(thread.count)}</span>
          </div>
          <div class="row wrap">
            <Flags names={flagsOf(thread)} />
            <button
              type="button"
              class="btn line compact"
              onClick={() => {
                transcript.value = id;
              }}
              data-testid={`card-transcript-${id}`}
            >
              {exchangesOf(lesson, id).length < thread.count ? w().tutor.read : w().work.read}
            </button>
          </div>
        </li>
      ))}
    </ul>
  );
}
