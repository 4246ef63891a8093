import { t } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import { nameOf } from "../../../lesson/seats";
import { byTime } from "../../../lesson/time";
import type { Contribution } from "../../../protocol/types";
import { isolated, Theirs } from "../../../ui/Theirs";
import { Act } from "../parts/Act";

const waits = (c: Contribution): number => (c.shared || c.hidden ? 0 : c.doubted ? 2 : 1);

/** The teams' ideas: those that wait for the teacher first, doubted ones before all; then most votes. */
export function Ideas({ stepId }: { stepId: string }) {
  const lesson = useLesson();
  const shared = lesson.store.one("prompt", stepId)?.shared ?? false;
  const list = [...lesson.store.all("contribution")]
    .filter(([, c]) => c.stepId === stepId)
    .sort(([, a], [, b]) => waits(b) - waits(a) || b.votes - a.votes || byTime(a.at, b.at));
  // What the teacher has not looked at one by one is shared without what is doubted.
  const all = list.filter(([, c]) => !c.shared && !c.hidden && !c.doubted).map(([id]) => id);
  return (
    <section class="card stack">
      <div class="row apart wrap">
        <h3>
          {w().discuss.ideas} <span class="count">{list.length}</span>
        </h3>
        {all.length > 0 ? (
          <Act
            name="ShareContributions"
            fields={{ stepId, contributions: all }}
            kind="line"
            ask={w().discuss.shareAsk(all.length)}
            testid="share-ideas"
          >
            {w().discuss.share}
          </Act>
        ) : (
          shared && list.every(([, c]) => waits(c) === 0) && <span class="pill ok">{w().discuss.shared}</span>
        )}
      </div>
      {list.length === 0 && <p class="muted small">{w().discuss.noIdeas}</p>}
      <ul class="plain stack">
        {list.map(([id, c]) => (
          <li key={id} class={`answer ${c.hidden ? "hidden-idea" : ""}`}>
            <span class="grow stack tight">
              <span class="pre">
                <Theirs>{c.text}</Theirs>
              </span>
              <span class="small muted">
                {t().team(c.team)}
                {c.studentId && ` · ${isolated(nameOf(lesson, c.studentId))}`} · {t().votes(c.votes)}
                {c.hidden ? ` · ${w().discuss.hidden}` : c.shared && ` · ${w().discuss.onBoard}`}
                {c.doubted && !c.shared && <b> · {w().discuss.doubted}</b>}
              </span>
            </span>
            {!c.shared && !c.hidden && (
              <Act name="ShareContributions" fields={{ stepId, contributions: [id] }} kind="line" testid={`share-${id}`}>
                {w().discuss.shareOne}
              </Act>
            )}
            <Act name="HideContribution" fields={{ contributionId: id, hidden: !c.hidden }} kind="quiet" testid={`hide-${id}`}>
              {c.hidden ? w().discuss.unhide : w().discuss.hide}
            </Act>
          </li>
        ))}
      </ul>
    </section>
  );
}
