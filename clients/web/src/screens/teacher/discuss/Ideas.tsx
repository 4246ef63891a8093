import { t } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import { nameOf } from "../../../lesson/seats";
import { byTime } from "../../../lesson/time";
import { Act } from "../parts/Act";

/** The teams' ideas: most votes first. */
export function Ideas({ stepId }: { stepId: string }) {
  const lesson = useLesson();
  const shared = lesson.store.one("prompt", stepId)?.shared ?? false;
  const list = [...lesson.store.all("contribution")]
    .filter(([, c]) => c.stepId === stepId)
    .sort(([, a], [, b]) => b.votes - a.votes || byTime(a.at, b.at));
  return (
    <section class="card stack">
      <div class="row apart wrap">
        <h3>
          {w().discuss.ideas} <span class="count">{list.length}</span>
        </h3>
        {shared ? (
          <span class="pill ok">{w().discuss.shared}</span>
        ) : (
          list.length > 0 && (
            <Act name="ShareContributions" fields={{ stepId }} kind="line" ask={w().discuss.shareAsk} testid="share-ideas">
              {w().discuss.share}
            </Act>
          )
        )}
      </div>
      {list.length === 0 && <p class="muted small">{w().discuss.noIdeas}</p>}
      <ul class="plain stack">
        {list.map(([id, c]) => (
          <li key={id} class={`answer ${c.hidden ? "hidden-idea" : ""}`}>
            <span class="grow stack tight">
              <span class="pre">{c.text}</span>
              <span class="small muted">
                {t().team(c.team)}
                {c.studentId && ` · ${nameOf(lesson, c.studentId)}`} · {t().votes(c.votes)}
                {c.hidden && ` · ${w().discuss.hidden}`}
              </span>
            </span>
            <Act name="HideContribution" fields={{ contributionId: id, hidden: !c.hidden }} kind="quiet" testid={`hide-${id}`}>
              {c.hidden ? w().discuss.unhide : w().discuss.hide}
            </Act>
          </li>
        ))}
      </ul>
    </section>
  );
}
