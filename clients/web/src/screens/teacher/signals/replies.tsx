import { signal } from "@preact/signals";
import { inTab } from "../../../device/kept";
import { w } from "../../../i18n/teacher";
import { repliesOf } from "../../../lesson/feedback";
import type { Lesson } from "../../../lesson/lesson";
import { nameOf } from "../../../lesson/seats";
import { Theirs } from "../../../ui/Theirs";
import type { SignalCard } from "./card";
import { Frame } from "./Frame";

const key = "ortaq.replies";
const seen = signal<readonly string[]>(inTab.get(key)?.split(" ") ?? []);

function see(id: string): void {
  seen.value = [...seen.value, id];
  inTab.set(key, seen.value.join(" "));
}

/** What children answered to their feedback, until the teacher says that it was read. */
export function replies(lesson: Lesson): SignalCard | undefined {
  const list = repliesOf(lesson).filter((r) => !seen.value.includes(r.key));
  if (list.length === 0) return undefined;
  const card = (
    <Frame title={w().cards.replies(list.length)}>
      <ul class="plain stack">
        {list.slice(0, 5).map((r) => (
          <li key={r.key} class="stack tight hand">
            <b class="cut">{nameOf(lesson, r.studentId)}</b>
            <p class="small pre">
              <Theirs>{r.text}</Theirs>
            </p>
            <div>
              <button type="button" class="btn quiet compact" onClick={() => see(r.key)} data-testid={`reply-seen-${r.studentId}`}>
                {w().work.markRead}
              </button>
            </div>
          </li>
        ))}
      </ul>
      {list.length > 5 && <span class="small muted">{w().cards.more(list.length - 5)}</span>}
    </Frame>
  );
  return { key: "replies", urgency: 36, card };
}
