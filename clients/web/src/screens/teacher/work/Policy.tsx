import { w } from "../../../i18n/teacher";
import type { AiPolicy } from "../../../protocol/types";
import { Choice } from "../../../ui/parts";
import { Outcome } from "../../../ui/Status";
import { useSend } from "../parts/Act";

const policies: readonly AiPolicy[] = ["none", "ask", "draft"];

/** Whether the students may ask the tutor in this step. */
export function Policy({ stepId, policy, live }: { stepId: string; policy: AiPolicy; live: boolean }) {
  const { send, sent } = useSend();
  return (
    <div class="stack tight">
      <span class="small muted">{w().work.policy}</span>
      {live ? (
        <Choice
          label={w().work.policy}
          value={policy}
          options={policies}
          name={(p) => w().work.policies[p]}
          onPick={(p) => send("SetAiPolicy", { stepId, policy: p }, `policy/${stepId}`)}
          testid={`policy-${stepId}`}
        />
      ) : (
        <b>{w().work.policies[policy]}</b>
      )}
      <Outcome sent={sent} saved />
    </div>
  );
}
