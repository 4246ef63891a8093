import { secondsUntil } from "../../../connection/clock";
import { t } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import { worksOf } from "../../../lesson/feedback";
import { uuid7 } from "../../../protocol/ids";
import type { Feedback } from "../../../protocol/types";
import { Outcome } from "../../../ui/Status";
import { Act, useSend } from "../parts/Act";

/** One press asks for drafts on every work handed in that has none. */
export function RequestAllFeedback({ stepId }: { stepId: string }) {
  const lesson = useLesson();
  const { send, sent } = useSend();
  const list = worksOf(lesson, stepId).filter((x) => x.work.status === "handedIn" && !x.feedback);
  if (list.length < 2) return <Outcome sent={sent} />;
  return (
    <span class="act">
      <button
        type="button"
        class="btn line compact"
        onClick={() => {
          for (const x of list) send("RequestFeedback", { feedbackId: uuid7(), studentId: x.work.studentId, stepId });
        }}
        data-testid="drafts-all"
      >
        {w().work.askAll(list.length)}
      </button>
      <Outcome sent={sent} />
    </span>
  );
}

/** @param failed what was asked for before, and did not come */
export function RequestFeedback({ stepId, studentId, failed }: { stepId: string; studentId: string; failed?: Feedback | undefined }) {
  return (
    <Act
      name="RequestFeedback"
      fields={() => ({ feedbackId: uuid7(), studentId, stepId })}
      kind="line"
      disabled={secondsUntil(failed?.againAt) > 0}
      testid={`request-feedback-${studentId}`}
    >
      {failed ? t().askAgain : w().work.ask}
    </Act>
  );
}
