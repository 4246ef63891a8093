import { signal } from "@preact/signals";
import { inTab } from "../../../device/kept";
import { w as incidents } from "../../../i18n/incidents";
import { w } from "../../../i18n/teacher";
import type { Lesson } from "../../../lesson/lesson";
import { nameOf } from "../../../lesson/seats";
import { byTime } from "../../../lesson/time";
import { timeOf } from "../../../ui/parts";
import type { SignalCard } from "./card";
import { Frame } from "./Frame";

const key = "ortaq.noticed";
const seen = signal<readonly string[]>(inTab.get(key)?.split(" ") ?? []);

function see(id: string): void {
  seen.value = [...seen.value, id];
  inTab.set(key, seen.value.join(" "));
}

/** A child wrote, somewhere in the lesson, that it is in danger: who, where and when, until the teacher says that it was seen. The words are not here. */
export function noticed(lesson: Lesson): SignalCard | undefined {
  const list = [...lesson.store.all("incident")]
    .filter(([id, i]) => i.kind === "noticed" && i.studentId && !seen.value.includes(id))
    .sort(([, a], [, b]) => byTime(b.at, a.at));
  if (list.length === 0) return undefined;
  const places: Record<string, string | undefined> = incidents().abilities;
  const card = (
    <Frame title={w().tutor.alarm} tone="hot alarm">
      <p class="small">{w().tutor.noticedText}</p>
      <ul class="plain stack">
        {list.map(([id, i]) => (
          <li key={id} class="stack tight hand">
            <div class="row apart">
              <b class="cut">{nameOf(lesson, i.studentId ?? "")}</b>
              <span class="small nowrap">{timeOf(i.at)}</span>
            </div>
            <div class="row wrap">
              <span class="small">{places[i.ability] ?? i.ability}</span>
              <button type="button" class="btn line compact" onClick={() => see(id)} data-testid={`noticed-${id}`}>
                {w().tutor.noticedSeen}
              </button>
            </div>
          </li>
        ))}
      </ul>
    </Frame>
  );
  return { key: "noticed", urgency: 199, card, urgent: true };
}
