import { w } from "../../../i18n/teacher";
import { pendingFeedback } from "../../../lesson/feedback";
import type { Lesson } from "../../../lesson/lesson";
import { nameOf } from "../../../lesson/seats";
import { few } from "../parts/names";
import type { Tab } from "../tabs";
import type { SignalCard } from "./card";
import { Frame } from "./Frame";

/** Drafts of feedback wait for the teacher. */
export function approvals(lesson: Lesson, onTab: (tab: Tab) => void): SignalCard | undefined {
  const list = pendingFeedback(lesson);
  if (list.length === 0) return undefined;
  const card = (
    <Frame title={w().cards.approvals(list.length)}>
      <p>
        {few(
          list.map(([, f]) => nameOf(lesson, f.studentId)),
          6,
        )}
      </p>
      <div>
        <button type="button" class="btn quiet compact" onClick={() => onTab("works")} data-testid="card-approvals-go">
          {w().cards.approvalsGo}
        </button>
      </div>
    </Frame>
  );
  return { key: "approvals", urgency: 35, card };
}
