import { api } from "../../connection/api";
import { inLanguage, t } from "../../i18n";
import { w } from "../../i18n/board";
import { useLesson } from "../../lesson/context";
import { showCode } from "../../lesson/joinCode";
import type { Pace } from "../../protocol/types";
import { Mark } from "../../ui/parts";
import { joinLink } from "./BoardHeader";

const most = 18;

/** The class gathers: a giant code, a QR code, how many are in. Nicknames are picked from the themed list, never typed. */
export function Lobby({ pace }: { pace: Pace }) {
  const lesson = useLesson();
  const plan = lesson.store.one("plan");
  const names = [...lesson.store.all("seat").values()].map((s) => s.nickname);
  const shown = names.slice(-most);
  const more = pace.joined - shown.length;
  return (
    <>
      <header class="head">
        <Mark size={54} />
        <h1 class="title">{inLanguage(plan?.title)}</h1>
        <span class="muted">
          {plan?.className} · {plan?.teacherName}
        </span>
      </header>
      <main class="gather">
        <div class="stack wide">
          {plan?.joinCode && !pace.locked ? (
            <>
              <p class="how">{w().lobby.open(location.host)}</p>
              <p class="giant">{showCode(plan.joinCode)}</p>
            </>
          ) : (
            <>
              <p class="giant word">{w().lobby.closed}</p>
              <p class="how">{w().lobby.soon}</p>
            </>
          )}
          <div class="people" aria-live="polite">
            {shown.map((n) => (
              <span class="pill" key={n}>
                {n}
              </span>
            ))}
            {more > 0 && shown.length > 0 && <span class="pill sky">{w().lobby.more(more)}</span>}
          </div>
        </div>
        <div class="card invite">
          {plan?.joinCode && !pace.locked && <img class="qr" src={api.qr(joinLink(plan.joinCode))} alt={joinLink(plan.joinCode)} />}
          <b>{t().joined(pace.joined)}</b>
        </div>
      </main>
    </>
  );
}
