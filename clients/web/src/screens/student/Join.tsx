import { useEffect, useRef, useState } from "preact/hooks";
import { api, refusalOf } from "../../connection/api";
import { backoff, sleep } from "../../connection/backoff";
import { useHeld } from "../../connection/session";
import { onDevice } from "../../device/kept";
import { language, say, t } from "../../i18n";
import { w } from "../../i18n/student";
import { cleanCode, parseCode, showCode } from "../../lesson/joinCode";
import type { CheckReply } from "../../protocol/http";
import { uuid7 } from "../../protocol/ids";
import { type Level, levels, type Refusal } from "../../protocol/types";
import { fits } from "../../ui/Length";
import { Button, LanguageSwitch, Mark, Working } from "../../ui/parts";
import { Theirs } from "../../ui/Theirs";
import { GroupPicks } from "./GroupPicks";
import { longestName, type Named, Nickname } from "./Nickname";
import { RoomPicks } from "./RoomPicks";
import { SeatPicks } from "./SeatPicks";
import { ShareNames } from "./ShareNames";
import { ask, heldFor, remember } from "./seats";

/** What passes by itself. */
const passing: ReadonlySet<string> = new Set(["offline", "try-again"]);
/** By itself; then a person presses again. */
const triesAgain = 2;

/** @param checked what checking the code gives: undefined when it could not be asked, null when the code is wrong */
type Accepted = { code: string; checked: Promise<CheckReply | undefined | null> };

/** From a code to a seat: the code, then a name, then how to explain. A wrong code is said before a name is chosen. */
export function Join({ code, room, damaged }: { code: string | undefined; room?: number | undefined; damaged?: boolean }) {
  const [typed, setTyped] = useState(code ?? "");
  const [refusal, setRefusal] = useState<Refusal>();
  const [share, setShare] = useState<number>();
  const [accepted, setAccepted] = useState<Accepted | undefined>(() => (code ? { code, checked: look(code) } : undefined));
  const held = useHeld();
  const back = (why?: Refusal) => {
    setAccepted(undefined);
    setRefusal(why);
    history.replaceState(null, "", "/");
  };
  /** @param beside the other group's code: the form stays, and says that nothing is there */
  async function look(of: string, beside = false): Promise<CheckReply | undefined | null> {
    try {
      return await api.checkCode(of, setShare);
    } catch (error) {
      const why = refusalOf(error);
      // Whoever has a seat there may go back to it, whatever has become of the code. Anything else is said when joining.
      if (why.code !== "code-not-found" || heldFor(of).length > 0) return undefined;
      if (!beside) back(why);
      return null;
    } finally {
      setShare(undefined);
    }
  }
  return (
    <main class="join">
      <header class="row">
        <Mark size={40} />
        <b class="name">{t().name}</b>
        <span class="push" />
        <LanguageSwitch short />
      </header>
      {!onDevice.lasts && <p class="card small">{w().join.keepsNothing}</p>}
      {held && (
        <section class="card sun stack" role="alert" data-testid="held">
          <h1>{w().join.held}</h1>
          <p>{w().join.heldText}</p>
          <p>{t().byItself}</p>
        </section>
      )}
      {/* What was typed stays. */}
      <div hidden={held}>
        {accepted ? (
          <Enter door={accepted} linked={accepted.code === code ? room : undefined} checking={share} onLook={look} onBack={() => back()} />
        ) : (
          <Code typed={typed} damaged={damaged} refusal={refusal} onType={setTyped} onRefusal={setRefusal} onDone={setAccepted} />
        )}
      </div>
    </main>
  );
}

type CodeProps = {
  typed: string;
  damaged: boolean | undefined;
  refusal: Refusal | undefined;
  onType: (s: string) => void;
  onRefusal: (why: Refusal | undefined) => void;
  onDone: (code: Accepted) => void;
};

function Code({ typed, damaged, refusal, onType, onRefusal, onDone }: CodeProps) {
  const [isNone, setNone] = useState(false);
  const [busy, setBusy] = useState(false);
  const [share, setShare] = useState<number>();
  const wrong = isNone || refusal !== undefined;
  const submit = async (e: Event) => {
    e.preventDefault();
    const code = parseCode(typed);
    setNone(!code);
    onRefusal(undefined);
    if (!code) return;
    setBusy(true);
    try {
      const checked = await api.checkCode(code, setShare);
      onDone({ code, checked: Promise.resolve(checked) });
    } catch (error) {
      onRefusal(refusalOf(error));
    }
    setShare(undefined);
    setBusy(false);
  };
  return (
    <form class="stack wide" onSubmit={submit}>
      <h1>{w().join.title}</h1>
      {damaged && (
        <p class="card hot" role="alert">
          {w().join.damaged}
        </p>
      )}
      <label class="stack tight">
        {w().join.code}
        <input
          type="text"
          class="code"
          // As it is typed: how long a code is, and so how it is grouped, is known at its end.
          value={typed}
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          autofocus
          aria-invalid={wrong}
          aria-describedby="code-hint"
          onInput={(e) => {
            setNone(false);
            onRefusal(undefined);
            onType(cleanCode(e.currentTarget.value));
          }}
        />
      </label>
      <p id="code-hint" class={wrong ? "wrong" : "muted"} role={wrong ? "alert" : undefined}>
        {refusal ? say(refusal) : isNone ? w().join.badCode : w().join.codeHint}
      </p>
      <Working share={share} />
      <Button type="submit" big disabled={busy || typed.length < 6}>
        {busy ? w().join.checking : w().join.next}
      </Button>
    </form>
  );
}

/** @param door the code that was typed: of a combined class it leads to either group
 *  @param linked the room that the link says */
type EnterProps = {
  door: Accepted;
  linked: number | undefined;
  checking: number | undefined;
  onLook: (code: string, beside: boolean) => Accepted["checked"];
  onBack: () => void;
};

function Enter({ door, linked, checking, onLook, onBack }: EnterProps) {
  const [{ code, checked: check }, setLesson] = useState(door);
  const [groups, setGroups] = useState<CheckReply["groups"]>();
  const [group, setGroup] = useState<string>();
  /** The class that was picked and whose lesson is over. */
  const [over, setOver] = useState<string>();
  const [mustPick, setMustPick] = useState(false);
  const [named, setNamed] = useState<Named>({ nickname: "", themed: false });
  const [others, setOthers] = useState<Named[]>([]);
  const [level, setLevel] = useState<Level>("standard");
  const [busy, setBusy] = useState(false);
  const [share, setShare] = useState<number>();
  const [refusal, setRefusal] = useState<Refusal | undefined>();
  const [rooms, setRooms] = useState<CheckReply["rooms"]>();
  const [room, setRoom] = useState(linked);
  const asked = useRef<{ what: string; id: string }>(undefined);
  useEffect(() => setRefusal(undefined), [named, others, code]);
  useEffect(() => {
    let here = true;
    // Who could not ask keeps what the link says.
    void check.then((found) => {
      if (!here) return;
      if (found === null && code !== door.code) otherIsOver();
      if (!found) return;
      offer(found.rooms);
      // The first answer has both groups; that of the other one would change their order under the finger.
      setGroups((known) => known ?? found.groups);
    });
    return () => {
      here = false;
    };
  }, [check]);

  function pickGroup(next: string): void {
    setGroup(next);
    setRefusal(undefined);
    setOver(undefined);
    setMustPick(false);
    if (next !== code) goTo(next === door.code ? door : { code: next, checked: onLook(next, true) });
  }

  /** Another lesson: its rooms are others, and its code is checked as any. */
  function goTo(next: Accepted): void {
    setRooms(undefined);
    setRoom(next.code === door.code ? linked : undefined);
    setLesson(next);
  }

  /** The other class's lesson has ended meanwhile: the code of the door is looked at anew, and what was typed stays. */
  function otherIsOver(): void {
    setOver(groups?.find((g) => g.code === code)?.className);
    setGroups(undefined);
    setGroup(undefined);
    goTo({ code: door.code, checked: onLook(door.code, false) });
  }

  /** A room that takes part no more, as a printed link may say, is chosen anew; where there is one room, it is no choice. */
  function offer(there: CheckReply["rooms"]): void {
    setRooms(there);
    setRoom((r) => (there?.some((x) => x.number === r) ? r : undefined));
  }

  const pick = (next: number) => {
    setRoom(next);
    setRefusal(undefined);
  };

  async function enter(device: boolean): Promise<void> {
    setBusy(true);
    setRefusal(undefined);
    // Work that the server wants done for this code is done once, not here again beside it.
    let checked = await check;
    if (checked === undefined) {
      // Nobody could look. A child that is to choose its class or its room is asked, and not let in anywhere.
      checked = await api.checkCode(code, setShare).catch(() => undefined);
      setShare(undefined);
      if (checked) setLesson({ code, checked: Promise.resolve(checked) });
    }
    const seated = checked ? checked.rooms?.find((r) => r.number === room)?.number : room;
    const isUnsaid = checked?.groups && !group;
    if (checked === null || isUnsaid || (checked?.rooms && !seated)) {
      setMustPick(isUnsaid === true);
      return setBusy(false);
    }
    const nickname = named.nickname.trim();
    // The same seat is asked for with the same id until there is an answer: one that was lost on the way is found again.
    const sharing = device ? [] : others.map((o) => ({ nickname: o.nickname.trim(), themed: o.themed }));
    const what = `${code}/${[nickname, ...sharing.map((o) => o.nickname)].join("/")}/${device}/${seated ?? ""}`;
    if (asked.current?.what !== what) asked.current = { what, id: uuid7() };
    const request = {
      ...(checked ? { pass: checked.pass } : {}),
      ...(seated ? { room: seated } : {}),
      code,
      nickname,
      language: language.value,
      level,
      themed: named.themed && !device,
      ...(sharing.length > 0 ? { others: sharing } : {}),
      id: asked.current.id,
    };
    for (let again = 0; ; again++) {
      try {
        const joined = await api.join(device ? { ...request, device } : request, setShare);
        const seat = { ...joined, nickname, code, at: Date.now(), ...(code !== door.code ? { door: door.code } : {}) };
        if (joined.waiting) ask(seat);
        else remember(seat);
        break;
      } catch (error) {
        const refusal = refusalOf(error);
        setShare(undefined);
        if (refusal.code === "code-not-found" && code !== door.code) {
          otherIsOver();
          break;
        }
        setRefusal(refusal);
        // Rooms came and went since the code was looked at, or nobody could look.
        if (refusal.code === "which-room")
          await api.checkCode(code).then(
            (now) => setLesson({ code, checked: Promise.resolve(now) }),
            () => {},
          );
        if (refusal.code !== "not-ours" && !passing.has(refusal.code)) asked.current = undefined;
        if (!passing.has(refusal.code) || again === triesAgain) break;
        await sleep(backoff(again));
      }
    }
    setShare(undefined);
    setBusy(false);
  }

  // Whose name it was, where several join together.
  const whose = refusal?.args?.name;
  const taken = refusal?.code === "nickname-taken" && whose === undefined;
  const noCode = refusal?.code === "code-not-found";
  const codes = groups ? groups.map((g) => g.code) : code;
  return (
    <form
      class="stack wide"
      onSubmit={(e) => {
        e.preventDefault();
        void enter(false);
      }}
    >
      <div class="row apart">
        <h1>{w().join.who}</h1>
        <button type="button" class="pill" onClick={onBack}>
          <span class="unseen">{w().join.code}:</span> {showCode(door.code)}
        </button>
      </div>
      {heldFor(codes).length > 0 && (
        <section class="card sky stack">
          <h2>{w().phone.go}</h2>
          <SeatPicks code={codes} />
        </section>
      )}
      <Nickname value={named} onChange={setNamed} />
      <ShareNames others={others} onChange={setOthers} />
      {/* What is known later stands below what a finger may be at. */}
      {groups && <GroupPicks groups={groups} picked={group} isAsked={mustPick} onPick={pickGroup} />}
      {rooms && <RoomPicks rooms={rooms} picked={room} onPick={pick} />}
      <fieldset class="stack">
        <legend class="strong">{w().join.how}</legend>
        {levels.map((l) => (
          <button type="button" key={l} class="pick" aria-pressed={l === level} onClick={() => setLevel(l)}>
            <b>{t().levels[l]}</b>
            <span class="small">{w().join.levelHints[l]}</span>
          </button>
        ))}
        <p class="muted small">{w().join.changeLater}</p>
      </fieldset>
      {refusal && (
        <div class="card hot stack" role="alert">
          {whose !== undefined && <Theirs>{whose}</Theirs>}
          <b>{say(refusal)}</b>
          {taken && <p class="small">{w().join.mineHint}</p>}
          {taken && (
            <Button kind="line" disabled={busy} onClick={() => void enter(true)}>
              {w().join.mine}
            </Button>
          )}
          {noCode && (
            <Button kind="line" onClick={onBack}>
              {t().edit}
            </Button>
          )}
        </div>
      )}
      {over !== undefined && (
        <p class="card hot stack" role="alert" data-testid="group-over">
          <Theirs>{over}</Theirs>
          <b>{w().join.groupOver}</b>
        </p>
      )}
      <Working share={share ?? checking} />
      <Button
        type="submit"
        big
        disabled={
          busy ||
          (groups && !group) ||
          (rooms && !room) ||
          [named, ...others].some((n) => n.nickname.trim() === "" || !fits(n.nickname, longestName))
        }
      >
        {busy ? w().join.entering : w().join.enter}
      </Button>
    </form>
  );
}
