import { signOut } from "../../connection/session";
import { say } from "../../i18n";
import { w as account } from "../../i18n/account";
import { w } from "../../i18n/operator";
import type { OperatorStatus, SiloCard, SteadyShare } from "../../protocol/http";
import { Looks } from "../../ui/Looks";
import { Button, Loading, Mark } from "../../ui/parts";
import { Audit } from "./Audit";
import { dateOf } from "./figures";
import { percentOf, troublesOf, useStatus } from "./status";
import { Tutor } from "./Tutor";

/** Whether everything works, in sentences; refreshed by itself. */
export function OperatorView({ onOut }: { onOut: () => void }) {
  const { status, lost, forbidden, askAgain } = useStatus();
  const out = () => void signOut().then(onOut);
  return (
    <div class="operator">
      <header class="bar-top">
        <Mark size={36} />
        <h1 class="name cut">{w().title}</h1>
        <span class="push" />
        <Looks />
        <Button kind="quiet" compact onClick={out}>
          {account().out}
        </Button>
      </header>
      {forbidden ? (
        <main class="loading" data-testid="forbidden">
          <p>{w().forbidden}</p>
          <Button onClick={out}>{account().out}</Button>
        </main>
      ) : (
        <>
          {lost && status && (
            <div class="banner" role="status" data-testid="lost">
              {w().lost(dateOf(status.now))}
            </div>
          )}
          {status ? (
            <Body status={status} lost={lost !== undefined} askAgain={askAgain} />
          ) : (
            <Loading>{lost ? say(lost) : undefined}</Loading>
          )}
        </>
      )}
    </div>
  );
}

const isOn = (silo: SiloCard): boolean => silo.state !== "lost" && silo.state !== "stopped";

/** @param lost nothing is known of this moment: nothing is said to work */
function Body({ status, lost, askAgain }: { status: OperatorStatus; lost: boolean; askAgain: () => void }) {
  const running = status.silos.filter(isOn).length;
  const troubles = troublesOf(status.silos, status.troubles);
  return (
    <main class="operator-body">
      <section class="stack all" aria-live="polite" data-testid="state">
        {troubles.length === 0 ? (
          !lost && <p class="card ok strong">{w().well}</p>
        ) : (
          <>
            <h2>{w().troubles}</h2>
            {troubles.map((t) => (
              <article key={t.code} class="card hot stack tight" data-testid={`trouble-${t.code}`}>
                <p class="strong">{w().trouble[t.code] ?? w().other(t.code)}</p>
                <p class="small">
                  {w().since(dateOf(t.since))}
                  {t.silos > 0 && running > 1 && ` · ${w().seenBy(t.silos, running)}`}
                </p>
              </article>
            ))}
          </>
        )}
      </section>
      <section class="card stack" data-testid="promise">
        <h2>{w().promise}</h2>
        <p class="muted">{w().promiseWhat(status.pauseSeconds)}</p>
        <Share title={w().day} share={status.day} />
        <Share title={w().week} share={status.week} />
      </section>
      <section class="card stack" data-testid="erasing">
        <h2>{w().erasing}</h2>
        {!status.erasing ? (
          <p class="muted">{w().unknown}</p>
        ) : (
          <>
            <p>{w().erasures(status.erasing.waiting)}</p>
            {status.erasing.unsealedLessons > 0 && <p class="muted">{w().unsealed(status.erasing.unsealedLessons)}</p>}
          </>
        )}
      </section>
      <Tutor status={status} onTried={askAgain} />
      <Audit />
      <section class="stack all">
        <h2>{w().silos}</h2>
        <div class="silos">
          {status.silos.map((s) => (
            <Silo key={`${s.name}/${s.since}`} silo={s} />
          ))}
        </div>
      </section>
      <nav class="row wrap all" aria-label={w().links}>
        <a class="btn line" href="/mentor">
          {w().wall}
        </a>
        {status.dashboard && (
          <a class="btn line" href={status.dashboard}>
            {w().dashboard}
          </a>
        )}
      </nav>
    </main>
  );
}

function Share({ title, share }: { title: string; share: SteadyShare | undefined }) {
  return (
    <div class="row apart share">
      <span>{title}</span>
      {!share ? (
        <span class="muted">{w().unknown}</span>
      ) : share.lessons === 0 ? (
        <span class="muted">{w().noLessons}</span>
      ) : (
        <span class="figure">
          <b>{percentOf(share.lessons, share.paused)} %</b>
          <span class="small muted">{w().share(share.paused, share.lessons)}</span>
        </span>
      )}
    </div>
  );
}

function Silo({ silo }: { silo: SiloCard }) {
  const on = isOn(silo);
  return (
    <article class={`card stack tight ${on ? "" : "off"}`} data-testid={`silo-${silo.state}`}>
      <div class="row apart">
        <b class="cut">{silo.name}</b>
        <span class={`pill ${silo.state === "active" ? "ok" : silo.state === "lost" ? "hot" : silo.state === "stopped" ? "" : "warn"}`}>
          {w().states[silo.state] ?? silo.state}
        </span>
      </div>
      <p class="small muted">
        {w().version(silo.version.split("+")[0] ?? "")} · {w().since(dateOf(silo.since))}
      </p>
      {on && (
        <p class="small">
          {w().lessons(silo.lessons)} · {w().connections(silo.connections)}
        </p>
      )}
    </article>
  );
}
