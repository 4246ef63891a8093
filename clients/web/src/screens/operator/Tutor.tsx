import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { api, refusalOf } from "../../connection/api";
import { say, t } from "../../i18n";
import { w as operator } from "../../i18n/operator";
import { w } from "../../i18n/tutorUse";
import type { AnswersToday, OperatorStatus, ProviderCard, ProviderState, TutorCard } from "../../protocol/http";
import type { Refusal } from "../../protocol/types";
import { Bar, Button } from "../../ui/parts";
import { Confirm } from "../../ui/Sheet";
import { dateOf, fallbackOf, grouped, moneyOf, secondsOf } from "./figures";

/** Who answers in the lessons, how much of it is no first model, and what it costs. */
export function Tutor({ status, onTried }: { status: OperatorStatus; onTried: () => void }) {
  const { tutor } = status;
  return (
    <section class="card stack all" data-testid="tutor">
      <h2>{w().title}</h2>
      {!tutor ? (
        <p class="muted">{operator().noModel}</p>
      ) : (
        <>
          <div class="silos">
            {tutor.providers.map((p) => (
              <Provider key={p.settings} provider={p} />
            ))}
            <Today tutor={tutor} status={status} />
          </div>
          <TryNow onTried={onTried} />
          <ForgetAnswers />
        </>
      )}
    </section>
  );
}

function Provider({ provider: p }: { provider: ProviderCard }) {
  return (
    <article class="card stack tight" data-testid={`provider-${p.settings}`}>
      <h3>{p.settings === "Tutor" ? w().first : w().second}</h3>
      <p class="small muted break">{`${p.host} · ${p.model}`}</p>
      {p.states.length === 0 && <p class="muted">{w().unknown}</p>}
      {p.states.map((s) => (
        <State key={s.doing} state={s} alone={p.states.length === 1} />
      ))}
      <dl class="tutor-facts">
        <Fact name={w().answers}>{p.answers === undefined ? undefined : grouped(p.answers)}</Fact>
        <Fact name={w().lastAnswered}>{p.lastAnswered && dateOf(p.lastAnswered)}</Fact>
        <Fact name={w().lastFault}>
          {p.states.length === 0
            ? undefined
            : p.lastFault && p.lastFaultAt
              ? `${faultOf(p.lastFault)}, ${dateOf(p.lastFaultAt)}`
              : w().none}
        </Fact>
        <Fact name={w().tokens}>
          {p.input === undefined || p.output === undefined ? undefined : w().tokensOf(grouped(p.input), grouped(p.output))}
        </Fact>
        <Fact name={w().cost}>
          {!p.currency ? w().noPrice(p.settings) : p.cost === undefined ? undefined : moneyOf(p.cost, p.currency)}
        </Fact>
        {p.trials.map((trial) => (
          <Fact key={trial.silo} name={`${w().tried} ${dateOf(trial.at)}${p.trials.length > 1 ? ` · ${trial.silo}` : ""}`} testid="trial">
            {trial.fault ? w().failed(faultOf(trial.fault), secondsOf(trial.milliseconds)) : w().answered(secondsOf(trial.milliseconds))}
          </Fact>
        ))}
      </dl>
    </article>
  );
}

const tones: Record<string, string> = { answers: "ok", unasked: "", failing: "warn", paused: "warn", resting: "warn" };

function State({ state, alone }: { state: ProviderState; alone: boolean }) {
  return (
    <p class={`pill wide ${tones[state.doing] ?? "hot"}`} data-testid={`doing-${state.doing}`}>
      {w().doing[state.doing] ?? w().other(state.doing)}
      {state.seconds !== undefined && ` · ${w().seconds(state.seconds)}`}
      {!alone && ` · ${w().onSilos(state.silos)}`}
    </p>
  );
}

/** @param children nothing: it is unknown, which is not the same as none */
function Fact({ name, children, testid }: { name: string; children: ComponentChildren; testid?: string }) {
  return (
    <div data-testid={testid}>
      <dt class="muted">{name}</dt>
      <dd>{children ?? <span class="muted">{w().unknown}</span>}</dd>
    </div>
  );
}

const faultOf = (code: string): string => w().fault[code] ?? w().other(code);

function Today({ tutor, status }: { tutor: TutorCard; status: OperatorStatus }) {
  const { spent, limit } = status.tokens;
  const { answers } = tutor;
  return (
    <article class="card stack tight" data-testid="tutor-today">
      <h3>{w().today}</h3>
      <p class="small muted">{w().dayIs(tutor.day)}</p>
      <dl class="tutor-facts">
        <Fact name={w().fallback} testid="fallback">
          {answers && <Fallback answers={answers} />}
        </Fact>
        <Fact name={w().prepared}>{answers && grouped(answers.prepared)}</Fact>
        <Fact name={w().cache}>{answers && grouped(answers.cache)}</Fact>
        <Fact name={w().nobody}>{answers && grouped(answers.nobody)}</Fact>
        {answers && answers.audit > 0 && (
          <Fact name={w().ofAudits} testid="of-audits">
            {grouped(answers.audit)}
          </Fact>
        )}
        <Fact name={w().allTokens} testid="all-tokens">
          {tutor.tokens === undefined ? undefined : grouped(tutor.tokens)}
        </Fact>
        {limit > 0 && (
          <Fact name={w().limit} testid="limit">
            {spent !== undefined && (
              <>
                {operator().tokensOf(grouped(spent), grouped(limit))}
                <Bar
                  share={spent / limit}
                  tone={spent >= limit ? "h3" : undefined}
                  label={operator().tokensOf(grouped(spent), grouped(limit))}
                />
              </>
            )}
          </Fact>
        )}
      </dl>
    </article>
  );
}

function Fallback({ answers }: { answers: AnswersToday }) {
  const share = fallbackOf(answers);
  return share === undefined ? <span class="muted">{w().noAnswers}</span> : <b>{share} %</b>;
}

function TryNow({ onTried }: { onTried: () => void }) {
  const [asking, setAsking] = useState(false);
  const [refused, setRefused] = useState<Refusal>();
  const press = () => {
    setAsking(true);
    setRefused(undefined);
    void api
      .tryTutor()
      .then(onTried, (error: unknown) => setRefused(refusalOf(error)))
      .then(() => setAsking(false));
  };
  return (
    <div class="stack tight">
      <div class="row wrap">
        <Button kind="line" disabled={asking} aria-busy={asking} onClick={press} data-testid="try-tutor">
          {asking ? w().trying : w().tryNow}
        </Button>
      </div>
      <p class="small muted">{w().tryWhat}</p>
      {refused && (
        <p class="small" role="status" data-testid="try-refused">
          {say(refused)}
        </p>
      )}
    </div>
  );
}

/** What a bad model has said is asked anew, by every class. */
function ForgetAnswers() {
  const [said, setSaid] = useState<Refusal | "done">();
  const forget = () =>
    void api.forgetAnswers().then(
      () => setSaid("done"),
      (error: unknown) => setSaid(refusalOf(error)),
    );
  return (
    <div class="stack tight">
      <div class="row wrap">
        <Confirm label={operator().forget} ask={operator().forgetAsk} yes={t().yes} onYes={forget} testid="forget-answers" kind="line" />
      </div>
      {said && (
        <p class="small" role="status" data-testid="answers-forgotten">
          {said === "done" ? operator().forgotten : say(said)}
        </p>
      )}
    </div>
  );
}
