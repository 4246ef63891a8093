import { useState } from "preact/hooks";
import { inLanguage, language, languages, ownNames, speak, t } from "../../i18n";
import { w as rooms } from "../../i18n/rooms";
import { w } from "../../i18n/student";
import { useLesson } from "../../lesson/context";
import { phoneOf, together } from "../../lesson/phone";
import { numberOf, roomsOf } from "../../lesson/rooms";
import { type Language, type Level, levels } from "../../protocol/types";
import { ThemeChoice } from "../../ui/Looks";
import { Button, Choice, LanguageNote, LanguageSwitch } from "../../ui/parts";
import { RehearsalMark } from "../../ui/RehearsalMark";
import { Confirm, Sheet } from "../../ui/Sheet";
import { ConnectionDot } from "../../ui/Status";
import { Theirs } from "../../ui/Theirs";
import { SeatPicks } from "./SeatPicks";
import { ShareSheetPart } from "./Sharing";
import { addStudent, current, heldFor, leave } from "./seats";
import { TodayButton } from "./TodayButton";

export function Header() {
  const lesson = useLesson();
  const [open, setOpen] = useState(false);
  const plan = lesson.store.one("plan");
  const me = lesson.store.one("me");
  // Beside the header and not in it: what stands over the page must not lie under the tools.
  return (
    <>
      <header class="top">
        <b class="cut">{inLanguage(plan?.title) || t().name}</b>
        <RehearsalMark on={plan?.rehearsal} />
        <ConnectionDot state={lesson.state} />
        <button type="button" class="pill sky push" onClick={() => setOpen(true)}>
          <span class="unseen">{t().language}:</span> {ownNames[language.value].short} ▾
        </button>
        {me && (
          <button type="button" class="pill cut" onClick={() => setOpen(true)} data-testid="own-pill">
            {me.sharing || heldFor(current.value?.code).length > 1 ? (
              // The others are a number here, and names behind it.
              [me.nickname, ...(phoneOf(lesson).length > 1 ? [`+${phoneOf(lesson).length - 1}`] : [])].join(" ")
            ) : (
              <>
                <span class="unseen">{t().level}:</span> {t().levels[me.level]}
              </>
            )}{" "}
            ▾
          </button>
        )}
      </header>
      {open && <Settings onClose={() => setOpen(false)} />}
    </>
  );
}

function Settings({ onClose }: { onClose: () => void }) {
  const lesson = useLesson();
  const me = lesson.store.one("me");
  const change = (next: { language?: Language; level?: Level }) => {
    if (me) lesson.outbox.send("ChangePreferences", { language: me.language, level: me.level, ...next }, "preferences", together(lesson));
  };
  const code = current.value?.code;
  const room = roomsOf(lesson).find((r) => r.number === numberOf(me));
  return (
    <Sheet title={w().settings.title} onClose={onClose}>
      <h3>{w().share.title}</h3>
      <ShareSheetPart />
      {code && !me?.sharing && (
        <>
          <h3>{w().phone.title}</h3>
          <SeatPicks code={code} />
          <Button kind="line" compact onClick={() => addStudent(code)} data-testid="add-student">
            {w().phone.add}
          </Button>
        </>
      )}
      {room && (
        <p data-testid="own-room">
          {rooms().room}: <b>{room.name ? <Theirs>{room.name}</Theirs> : rooms().hub}</b>
        </p>
      )}
      {me && lesson.store.one("pace")?.phase === "live" && <TodayButton />}
      <h3>{w().settings.explain}</h3>
      {me && (
        <>
          <Choice
            label={w().settings.explain}
            value={me.language}
            options={languages}
            name={(l) => ownNames[l].full}
            onPick={(l) => {
              speak(l);
              change({ language: l });
            }}
          />
          <Choice label={t().level} value={me.level} options={levels} name={(l) => t().levels[l]} onPick={(level) => change({ level })} />
          <p class="muted small">{w().join.levelHints[me.level]}</p>
        </>
      )}
      {me ? <LanguageNote /> : <LanguageSwitch />}
      <h3>{t().theme}</h3>
      <ThemeChoice />
      <Confirm label={w().settings.leave} ask={w().settings.leaveAsk} yes={t().yes} kind="quiet" onYes={leave} />
    </Sheet>
  );
}
