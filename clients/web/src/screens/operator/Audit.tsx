import { useEffect, useState } from "preact/hooks";
import { api, refusalOf } from "../../connection/api";
import { language, say, t } from "../../i18n";
import { w } from "../../i18n/audit";
import type { AuditCard, AuditedCheck, AuditStatus } from "../../protocol/http";
import { Bar } from "../../ui/parts";
import { Confirm } from "../../ui/Sheet";
import { dateOf, grouped } from "./figures";

const every = 3000;

/** The audit of the tutor: what it takes, how far it is, what came of the last ones. It runs on the server, whoever looks. */
export function Audit() {
  const [audit, setAudit] = useState<AuditStatus>();
  const [said, setSaid] = useState<string>();
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let left = false;
    const ask = async () => {
      try {
        const now = await api.audit();
        if (!left) setAudit(now);
      } catch {
        // The page itself says that the server does not answer.
      }
      if (!left) timer = setTimeout(() => void ask(), every);
    };
    void ask();
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [asked]);
  const act = (what: Promise<void>) =>
    void what.then(
      () => {
        setSaid(undefined);
        setAsked((n) => n + 1);
      },
      (error: unknown) => setSaid(say(refusalOf(error))),
    );
  if (!audit) return null;
  const { run } = audit;
  const runs = run && (run.state === "running" || run.state === "stopping");
  return (
    <section class="card stack all" data-testid="audit">
      <h2>{w().title}</h2>
      <p class="muted">{w().what}</p>
      {runs ? (
        <Running run={run} onStop={() => act(api.stopAudit())} />
      ) : (
        <>
          {run && w().states[run.state] && (
            <p class="strong" role="status" data-testid={`audit-${run.state}`}>
              {w().states[run.state]}
            </p>
          )}
          <p>{audit.hasModel ? w().estimate(audit.calls, audit.tokens) : w().noModel}</p>
          {audit.hasModel && audit.spent !== undefined && <p class="muted">{w().day(grouped(audit.spent), grouped(audit.dayLimit))}</p>}
          <Confirm
            label={w().start}
            ask={audit.hasModel ? w().startAsk : w().noModel}
            yes={t().yes}
            onYes={() => act(api.startAudit())}
            testid="audit-start"
            kind="line"
          />
        </>
      )}
      {said && (
        <p class="small" role="status" data-testid="audit-said">
          {said}
        </p>
      )}
      <h3>{w().dossiers}</h3>
      {audit.dossiers.length === 0 && <p class="muted">{w().none}</p>}
      {audit.dossiers.map((d, i) => (
        <Dossier key={d.id} dossier={d} open={i === 0} />
      ))}
      <div class="stack tight">
        <p class="small muted">
          {w().key}. {w().keyWhat}
        </p>
        <code class="fingerprint" data-testid="audit-key">
          {audit.fingerprint}
        </code>
      </div>
    </section>
  );
}

function Running({ run, onStop }: { run: NonNullable<AuditStatus["run"]>; onStop: () => void }) {
  const progress = w().progress(grouped(run.done), grouped(run.total));
  return (
    <div class="stack" role="status" data-testid="audit-running">
      <p class="strong">{w().states[run.state]}</p>
      {run.total > 0 && <Bar share={run.done / run.total} label={progress} />}
      <p class="small">
        {run.total > 0 && progress}
        {run.set && ` · ${w().now(w().sets[run.set] ?? run.set)}`}
      </p>
      {run.state === "running" && (
        <Confirm label={w().stop} ask={w().stopAsk} yes={t().yes} onYes={onStop} testid="audit-stop" kind="line" />
      )}
    </div>
  );
}

/** What does not hold stands first; the rest is one press away. */
function Dossier({ dossier, open }: { dossier: AuditCard; open: boolean }) {
  const of = (holds: boolean | undefined) => dossier.checks.filter((c) => c.holds === holds);
  const page = `/api/operator/audit/${dossier.id}`;
  return (
    <article class="stack tight audit-one" data-testid="audit-dossier">
      <div class="row apart wrap">
        <b>{dateOf(dossier.at)}</b>
        <span class="small muted">{dossier.models.length > 0 ? dossier.models.join(", ") : w().prepared}</span>
      </div>
      <p class="row wrap">
        <span class="pill ok">
          {w().holds}: {of(true).length}
        </span>
        <span class={`pill ${of(false).length > 0 ? "hot" : ""}`} data-testid="audit-fails">
          {w().fails}: {of(false).length}
        </span>
        <span class="pill">
          {w().notAsked}: {of(undefined).length}
        </span>
      </p>
      {open && <Checks checks={of(false)} />}
      <details>
        <summary>{w().all}</summary>
        {Object.keys(w().parts).map((part) => (
          <div key={part} class="stack tight">
            <p class="strong">{w().parts[part]}</p>
            <Checks checks={dossier.checks.filter((c) => c.part === part)} />
          </div>
        ))}
      </details>
      <div class="row wrap">
        <a class="btn line" href={`${page}/${language.value}.html`} target="_blank" rel="noreferrer" data-testid="audit-read">
          {w().read}
        </a>
        <a class="btn quiet" href={`${page}/dossier.zip`} download data-testid="audit-take">
          {w().take}
        </a>
      </div>
    </article>
  );
}

function Checks({ checks }: { checks: readonly AuditedCheck[] }) {
  return (
    <ul class="audit-checks">
      {checks.map((c) => (
        <li key={c.id} class="row apart wrap">
          <span>{w().checks[c.id] ?? c.id}</span>
          <span class="small">
            {c.figure !== undefined && <b>{shownAs(c.rule, c.figure)} </b>}
            {w().limit(c.rule === "held" ? "≥" : "≤", shownAs(c.rule, c.limit))} ·{" "}
            <span class={c.holds === undefined ? "muted" : c.holds ? "holds" : "fails"}>
              {c.holds === undefined ? w().notAsked : c.holds ? w().holds : w().fails}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** A share in per cent, and what is none as it is: 99.3 %, in Kazakh and Russian 99,3 %. */
export function shownAs(rule: string, value: number): string {
  const share = rule === "held" || rule === "failed";
  // Two digits: 89.96 % shown as 90 % beside «does not hold, at least 90 %» is no figure.
  const digits = `${Math.round((share ? value * 100 : value) * 100) / 100}`;
  return (language.value === "en" ? digits : digits.replace(".", ",")) + (share ? "\u00a0%" : "");
}
