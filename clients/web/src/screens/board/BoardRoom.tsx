import { useEffect, useRef, useState } from "preact/hooks";
import { inTab, onDevice } from "../../device/kept";
import { installWorker } from "../../device/worker";
import { inLanguage, isLanguage, language, say, speak, t } from "../../i18n";
import { w } from "../../i18n/board";
import { useAddress } from "../../lesson/address";
import { useLessonAgain } from "../../lesson/again";
import { LessonContext, useLesson } from "../../lesson/context";
import { enterLesson, type Lesson } from "../../lesson/lesson";
import type { Pace } from "../../protocol/types";
import { Icon } from "../../ui/icons";
import { Button, LanguageSwitch, Loading, Mark } from "../../ui/parts";
import { RehearsalMark } from "../../ui/RehearsalMark";
import { ConnectionDot, RefusalToast } from "../../ui/Status";
import { theme, themes } from "../../ui/theme";
import { useWakeLock } from "../../ui/wakeLock";
import { BoardHeader } from "./BoardHeader";
import { GroupPanel } from "./GroupPanel";
import { useOtherGroup } from "./group";
import { InkLayer } from "./ink/InkLayer";
import { InkTools } from "./ink/InkTools";
import { type Pens, usePens } from "./ink/pens";
import { isTimed, Live, sceneOf } from "./Live";
import { Lobby } from "./Lobby";
import { keep, type PairedBoard } from "./paired";
import { canFill, fill, isFull } from "./screen";

/** @param enter a test's own lessons */
export function BoardRoom({ board, enter = enterLesson }: { board: PairedBoard; enter?: typeof enterLesson }) {
  useAddress();
  // What one board left unsent is not sent by another one of this browser.
  const { lesson: own, ended, hadEnded } = useLessonAgain(board.classroomId, `board/${board.ticket.slice(-16)}`, board.ticket, enter);
  // While it looks again it knows nothing yet: what was so is so.
  const over = ended || (hadEnded && !own.store.one("pace"));
  const [group] = own.store.all("group").keys();
  const isCombined = group !== undefined;
  useEffect(() => {
    if (isCombined) onDevice.set(combinedKey, board.classroomId);
  }, [isCombined]);
  // Where this group has ended the board goes on with the other one, also when its page is loaded again.
  const isGone = !ended && (own.closed.value !== undefined || (own.refusal.value !== undefined && own.state.value === "closed"));
  const wanted = isCombined || (over && onDevice.get(combinedKey) === board.classroomId);
  // A board that was taken away here shows nothing of the other group either.
  const other = useOtherGroup(board, wanted && !isGone, group, enter);
  const [large, setLarge] = useState(inTab.get(largeKey));
  const shown = other && !isGone && (over || large === other.classroomId) ? other : own;
  const aside = other && !isGone && !over ? (shown === own ? other : own) : undefined;
  const swapped = useRef(false);
  useEffect(() => {
    swapped.current = false;
  });
  const swap = () => {
    swapped.current = true;
    inTab.set(largeKey, aside?.classroomId);
    setLarge(aside?.classroomId);
  };
  return (
    <div class={`boards ${aside ? "two" : ""}`}>
      <LessonContext.Provider key={shown.classroomId} value={shown}>
        <Inside lesson={shown} ended={shown === own && hadEnded} />
      </LessonContext.Provider>
      {aside && (
        <LessonContext.Provider key={aside.classroomId} value={aside}>
          <GroupPanel follows={language.value !== tongueOf(shown)} takesFocus={swapped.current} onSwap={swap} />
        </LessonContext.Provider>
      )}
    </div>
  );
}

/** Which group of a combined class is the large one, over a reload. */
const largeKey = "ortaq.board.large";
/** The lesson of this board that was seen to have another group. */
const combinedKey = "ortaq.board.combined";

const tongueOf = (lesson: Lesson): string | undefined => lesson.store.one("pace")?.boardVariant.slice(0, 2);

function Inside({ lesson, ended }: { lesson: Lesson; ended: boolean }) {
  const pace = lesson.store.one("pace");
  const pens = usePens(lesson);
  useWakeLock();
  const live = lesson.state.value === "live";
  useEffect(() => {
    if (live) installWorker();
  }, [live]);
  const tongue = tongueOf(lesson);
  useEffect(() => {
    // The board speaks the language of its explanations.
    if (isLanguage(tongue)) speak(tongue, false);
  }, [tongue]);
  const refusal = lesson.refusal.value;
  if (ended && (!pace || pace.phase === "ended") && (!refusal || refusal.code === "lesson-ended")) {
    return (
      <div class="board ended">
        <Ended />
        <Foot lesson={lesson} />
      </div>
    );
  }
  if (lesson.closed.value || (refusal && lesson.state.value === "closed")) {
    return <Gone text={refusal ? say(refusal) : lesson.closed.value === "board-unpaired" ? say("board-unpaired") : w().gone} />;
  }
  if (!pace) return <Loading>{lesson.held.value ? say("database-differs") : t().connecting}</Loading>;
  return (
    <div class={`board ${pace.phase}`}>
      {pace.phase === "lobby" ? <Lobby pace={pace} /> : pace.phase === "live" ? <LiveBoard pace={pace} pens={pens} /> : <Ended />}
      <Foot lesson={lesson} pens={pens} />
      <RefusalToast outbox={lesson.outbox} />
    </div>
  );
}

function LiveBoard({ pace, pens }: { pace: Pace; pens: Pens }) {
  const scene = sceneOf(useLesson(), pace.stepId ?? "");
  return (
    <>
      <BoardHeader pace={pace} isTimed={isTimed(scene)} mayDraw={pens.mayDraw} />
      <Live key={pace.stepId} pace={pace} scene={scene} mayDraw={pens.mayDraw} />
      <InkLayer pens={pens} stepId={pace.stepId ?? ""} />
    </>
  );
}

function Foot({ lesson, pens }: { lesson: Lesson; pens?: Pens }) {
  const pace = lesson.store.one("pace");
  const unsent = lesson.outbox.unsent.value;
  const next = themes[(themes.indexOf(theme.value) + 1) % themes.length] ?? "auto";
  return (
    <footer class="foot">
      <ConnectionDot state={lesson.state} />
      <span class="notices">
        {lesson.state.value === "offline" && <span class="pill warn">{lesson.held.value ? t().heldShort : t().offlineShort}</span>}
        {lesson.outbox.waiting.value && unsent > 0 && <span class="pill warn">{t().unsent(unsent)}</span>}
      </span>
      {pens?.mayDraw && pace?.phase === "live" && pace.stepId && <InkTools pens={pens} stepId={pace.stepId} />}
      <span class="push" />
      {pens?.mayDraw && pace?.phase === "live" && (
        <button
          type="button"
          class="tool word"
          aria-label={w().heat}
          aria-pressed={!pace.heatHidden}
          onClick={() => lesson.outbox.send("ShowHeat", { on: pace.heatHidden === true }, "heat")}
          data-testid="show-heat"
        >
          <Icon name="lost" />
          <span class="said">{w().heat}</span>
        </button>
      )}
      {canFill() && (
        <button type="button" class="tool" aria-label={isFull.value ? w().small : w().full} onClick={fill} data-testid="full-screen">
          <Icon name={isFull.value ? "small" : "full"} />
        </button>
      )}
      <button
        type="button"
        class="tool"
        aria-label={`${t().theme}: ${t().themes[theme.value]}`}
        title={`${t().theme}: ${t().themes[theme.value]}`}
        onClick={() => {
          theme.value = next;
        }}
        data-testid="theme"
      >
        <Icon name="theme" />
      </button>
      <LanguageSwitch short />
    </footer>
  );
}

function Ended() {
  const plan = useLesson().store.one("plan");
  return (
    <main class="middle stack wide ended">
      <Mark size={120} />
      <h1>{w().ended}</h1>
      {plan && (
        <p>
          <RehearsalMark on={plan.rehearsal} /> {inLanguage(plan.title)} · {plan.className}
        </p>
      )}
      <p class="muted">{w().thanks}</p>
      <Button kind="quiet" onClick={() => keep(undefined)}>
        {w().pairAgain}
      </Button>
    </main>
  );
}

function Gone({ text }: { text: string }) {
  return (
    <main class="loading">
      <Mark size={72} />
      <h1>{text}</h1>
      <Button onClick={() => keep(undefined)}>{w().pairAgain}</Button>
    </main>
  );
}
