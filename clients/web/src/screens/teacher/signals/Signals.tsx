import type { ComponentChildren } from "preact";
import { uuid7 } from "../../../connection/ids";
import { inLanguage, t } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import type { Lesson } from "../../../lesson/lesson";
import { useLesson } from "../../../lesson/selectors";
import type { Hand, Language, Level, Pace, Thread } from "../../../protocol/types";
import { Icon } from "../../../ui/icons";
import { minutesSince } from "../../../ui/parts";
import { warmth } from "../../../ui/Sentences";
import type { Tab } from "../Console";
import { explainQuestion } from "../explain/askedByStudent";
import { spentOf } from "../header/Meter";
import { Act } from "../parts/Act";
import { byTime, few, hottest, initials, nameOf, openQuestion, seatsOf, sentenceText, silentOf } from "../parts/model";
import { Flags, transcript } from "../tutor/Transcript";
import { exchangesOf, flagsOf, unread, urgent } from "../tutor/threads";
import { pending } from "../work/Works";

type Signal = { key: string; urgency: number; card: ComponentChildren };

/** At most four, most urgent first. Each shows its evidence and proposes one action; none acts by itself. */
export function Cards({ pace, onTab }: { pace: Pace; onTab: (tab: Tab) => void }) {
  const lesson = useLesson();
  const all = [
    alarm(lesson),
    devices(lesson, pace),
    lost(lesson, pace),
    hands(lesson, pace, onTab),
    unanswered(lesson),
    approvals(lesson, onTab),
    spent(lesson, pace),
    threads(lesson),
    tempo(lesson),
    away(lesson, pace, onTab),
  ]
    .filter((s): s is Signal => s !== undefined)
    .sort((a, b) => b.urgency - a.urgency);
  const shown = all.slice(0, 4);
  return (
    <aside class={`signals stack ${shown[0]?.key === "alarm" ? "alarming" : ""}`} aria-label={w().cards.title}>
      {shown.length === 0 && pace.phase !== "ended" && <p class="calm">{w().cards.calm}</p>}
      {shown.map((s) => (
        <div key={s.key} data-testid={`card-${s.key}`}>
          {s.card}
        </div>
      ))}
    </aside>
  );
}

function Frame({ title, tone, children }: { title: ComponentChildren; tone?: string; children: ComponentChildren }) {
  return (
    <section class={`card signal stack ${tone ?? ""}`}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function lost(lesson: Lesson, pace: Pace): Signal | undefined {
  if (pace.phase !== "live") return undefined;
  const hot = hottest(lesson, pace.stepId);
  if (!hot) return undefined;
  const { spot, id, explanation } = hot;
  const warm = warmth(spot.count, pace.joined);
  const [language, level] = spot.variant.split("-") as [Language, Level];
  const names = (spot.who ?? []).map((s) => nameOf(lesson, s));
  const quote = sentenceText(lesson, id, spot.variant, spot.sentence);
  const card = (
    <Frame title={w().cards.lost(spot.count)} tone="hot">
      <p class="quote">{quote ? `«${quote}»` : w().cards.sentence(spot.sentence + 1)}</p>
      <div class="row apart">
        <span class="avatars" role="img" aria-label={names.join(", ")} title={names.join(", ")}>
          {names.slice(0, 3).map((n, i) => (
            <i key={i}>{initials(n)}</i>
          ))}
          {names.length > 3 && <i>+{names.length - 3}</i>}
        </span>
        <span class="small nowrap">
          {t(language).ownShort} · {t().levels[level]}
        </span>
      </div>
      <span class="small">{few(names, 4)}</span>
      {explanation.status !== "running" && (
        <Act
          name="RequestExplanation"
          fields={() => ({
            explanationId: uuid7(),
            stepId: explanation.stepId,
            mode: "simpler",
            of: id,
            ofVariant: spot.variant,
            sentences: [spot.sentence],
          })}
          testid="again-hot"
        >
          {w().cards.again}
        </Act>
      )}
    </Frame>
  );
  return { key: "lost", urgency: warm === 3 ? 90 : warm === 2 ? 70 : 45, card };
}

function hands(lesson: Lesson, pace: Pace, onTab: (tab: Tab) => void): Signal | undefined {
  // After the bell nobody walks to a desk.
  if (pace.phase === "ended") return undefined;
  const list = [...lesson.store.all("hand")].sort(([, a], [, b]) => byTime(a.since, b.since));
  if (list.length === 0) return undefined;
  const free = list.filter(([, h]) => !h.claimedBy);
  const longest = free[0] ? minutesSince(free[0][1].since) : 0;
  const card = (
    <Frame
      title={
        <>
          <Icon name="hand" size={18} /> {w().cards.hands(list.length)}
        </>
      }
    >
      <ul class="plain stack">
        {list.slice(0, 5).map(([id, h]) => (
          <HandRow
            key={id}
            id={id}
            hand={h}
            name={nameOf(lesson, id)}
            {...(pace.phase === "live" ? { onExplain: () => onTab("step") } : {})}
          />
        ))}
      </ul>
      {list.length > 5 && <span class="small muted">{w().cards.more(list.length - 5)}</span>}
    </Frame>
  );
  return { key: "hands", urgency: free.length > 0 ? 50 + Math.min(45, longest * 8) : 15, card };
}

function HandRow({ id, hand, name, onExplain }: { id: string; hand: Hand; name: string; onExplain?: () => void }) {
  return (
    <li class="stack tight hand">
      <div class="row apart">
        <b class="cut">{name}</b>
        <span class="muted small nowrap">{t().minutes(minutesSince(hand.since))}</span>
      </div>
      {hand.topic && <span class="small">{hand.topic}</span>}
      <div class="row wrap">
        {hand.claimedBy ? (
          <span class="small muted grow">{w().cards.claimed(hand.claimedName ?? "")}</span>
        ) : (
          <Act name="ClaimHand" fields={{ studentId: id }} kind="line" testid={`claim-${id}`}>
            {w().cards.claim}
          </Act>
        )}
        <Act name="AnswerHand" fields={{ studentId: id }} kind="quiet" testid={`answer-hand-${id}`}>
          {w().cards.answered}
        </Act>
        {hand.topic && onExplain && (
          <button
            type="button"
            class="btn bare compact"
            onClick={() => {
              explainQuestion(hand.topic);
              onExplain();
            }}
            data-testid={`explain-hand-${id}`}
          >
            {w().explain.explainThis}
          </button>
        )}
      </div>
    </li>
  );
}

function unanswered(lesson: Lesson): Signal | undefined {
  const open = openQuestion(lesson);
  if (!open) return undefined;
  const silent = silentOf(lesson, open[0], open[1]).here;
  if (silent.length === 0) return undefined;
  const card = (
    <Frame title={w().cards.unanswered(silent.length)}>
      <p class="small muted cut">{inLanguage(open[1].text)}</p>
      <p>{silent.join(", ")}</p>
      <Act name="CloseQuestion" fields={{ questionId: open[0] }} kind="quiet" testid="card-close-question">
        {w().cards.closeQuestion}
      </Act>
    </Frame>
  );
  return { key: "unanswered", urgency: 40 + Math.min(20, minutesSince(open[1].askedAt) * 4), card };
}

/** Somebody may be in trouble: before everything else, until the teacher has read it. */
function alarm(lesson: Lesson): Signal | undefined {
  const list = [...lesson.store.all("thread")].filter(([, thread]) => unread(lesson, thread).some((f) => urgent.has(f.flag)));
  if (list.length === 0) return undefined;
  const card = (
    <Frame title={w().tutor.alarm} tone="hot alarm">
      <p class="small">{w().tutor.alarmText}</p>
      <ThreadRows lesson={lesson} list={list} />
    </Frame>
  );
  return { key: "alarm", urgency: 200, card };
}

function threads(lesson: Lesson): Signal | undefined {
  const list = [...lesson.store.all("thread")]
    .filter(([, thread]) => !unread(lesson, thread).some((f) => urgent.has(f.flag)))
    .sort(([, a], [, b]) => unread(lesson, b).length - unread(lesson, a).length || b.count - a.count);
  if (list.length === 0) return undefined;
  const flagged = list.some(([, thread]) => unread(lesson, thread).length > 0);
  const card = (
    <Frame title={w().tutor.threads(list.length)}>
      <ThreadRows lesson={lesson} list={list.slice(0, 5)} />
      {list.length > 5 && <span class="small muted">{w().cards.more(list.length - 5)}</span>}
    </Frame>
  );
  return { key: "threads", urgency: flagged ? 44 : 16, card };
}

function ThreadRows({ lesson, list }: { lesson: Lesson; list: readonly [string, Thread][] }) {
  return (
    <ul class="plain stack">
      {list.map(([id, thread]) => (
        <li key={id} class="stack tight hand">
          <div class="row apart">
            <b class="cut">{nameOf(lesson, id)}</b>
            <span class="small nowrap">{w().tutor.asked(thread.count)}</span>
          </div>
          <div class="row wrap">
            <Flags names={flagsOf(thread)} />
            <button
              type="button"
              class="btn line compact"
              onClick={() => {
                transcript.value = id;
              }}
              data-testid={`card-transcript-${id}`}
            >
              {exchangesOf(lesson, id).length < thread.count ? w().tutor.read : w().work.read}
            </button>
          </div>
        </li>
      ))}
    </ul>
  );
}

function spent(lesson: Lesson, pace: Pace): Signal | undefined {
  const m = lesson.store.one("meter");
  const how = m && pace.phase === "live" ? spentOf(m) : "calm";
  if (how === "calm") return undefined;
  const card = (
    <Frame title={how === "reached" ? w().meter.reached : w().meter.near} tone="sun">
      <p class="small">{how === "reached" ? w().meter.reachedText : w().meter.nearText}</p>
    </Frame>
  );
  return { key: "meter", urgency: how === "reached" ? 60 : 30, card };
}

function devices(lesson: Lesson, pace: Pace): Signal | undefined {
  const list = seatsOf(lesson).filter(([, s]) => s.deviceWaiting);
  if (list.length === 0 || pace.phase === "ended") return undefined;
  const card = (
    <Frame title={w().cards.devices(list.length)} tone="sun">
      <span class="small">{w().cards.deviceHow}</span>
      <ul class="plain stack">
        {list.map(([id, s]) => (
          <li key={id} class="row wrap apart">
            <b>{s.nickname}</b>
            <span class="row">
              <Act name="ApproveDevice" fields={{ studentId: id }} testid={`approve-device-${id}`}>
                {w().cards.approve}
              </Act>
              <Act name="RefuseDevice" fields={{ studentId: id }} kind="quiet" testid={`refuse-device-${id}`}>
                {w().cards.refuse}
              </Act>
            </span>
          </li>
        ))}
      </ul>
    </Frame>
  );
  return { key: "devices", urgency: 80, card };
}

function approvals(lesson: Lesson, onTab: (tab: Tab) => void): Signal | undefined {
  const list = pending(lesson);
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

function tempo(lesson: Lesson): Signal | undefined {
  const counts = lesson.store.one("tempo")?.counts;
  const total = counts?.reduce((a, b) => a + b, 0) ?? 0;
  if (!counts || total === 0) return undefined;
  const most = Math.max(...counts);
  const off = 1 - (counts[1] ?? 0) / total;
  const card = (
    <Frame title={`${w().cards.tempo}: ${t().tempo[counts.indexOf(most)]?.toLowerCase()}`}>
      <ul class="plain tempo">
        {counts.map((n, i) => (
          <li key={i} class="row apart small">
            <span>{t().tempo[i]}</span>
            <b>{n}</b>
          </li>
        ))}
      </ul>
    </Frame>
  );
  return { key: "tempo", urgency: off > 0.5 ? 42 : 18, card };
}

function away(lesson: Lesson, pace: Pace, onTab: (tab: Tab) => void): Signal | undefined {
  if (pace.phase !== "live") return undefined;
  const present = lesson.present.value;
  const list = seatsOf(lesson).filter(([id, s]) => !present.has(id) && !s.deviceWaiting);
  if (list.length === 0) return undefined;
  const card = (
    <Frame title={w().cards.away(list.length)}>
      <p>
        {few(
          list.map(([, s]) => s.nickname),
          6,
        )}
      </p>
      <div>
        <button type="button" class="btn quiet compact" onClick={() => onTab("students")}>
          {w().cards.awayGo}
        </button>
      </div>
    </Frame>
  );
  return { key: "away", urgency: 20, card };
}
