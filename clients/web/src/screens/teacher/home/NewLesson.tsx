import { useEffect, useState } from "preact/hooks";
import { api, refusalOf } from "../../../connection/api";
import { inLanguage, language, languages, ownNames, say, t } from "../../../i18n";
import { w as combined } from "../../../i18n/combined";
import { w } from "../../../i18n/teacher";
import type { Kit, KitLesson } from "../../../protocol/http";
import type { Refusal } from "../../../protocol/types";
import { Button, Choice } from "../../../ui/parts";
import { Prepare } from "../parts/Prepare";
import { type Chosen, keepPreset, presetOf } from "./preset";

type Props = { kits: Kit[] | undefined; beside?: string | undefined; first?: string | undefined; onCancel: () => void };

/** @param beside the lesson whose second group this is, in a combined class
 *  @param first as that one's class is called */
export function NewLesson({ kits, beside, first, onCancel }: Props) {
  const [chosen, setChosen] = useState<Chosen>();
  const [className, setClassName] = useState("");
  const [board, setBoard] = useState(language.peek());
  const [atCentre, setAtCentre] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  useEffect(() => {
    if (kits) setChosen(presetOf(kits));
  }, [kits]);
  const ready = chosen && className.trim() !== "";
  const open = async (e: Event) => {
    e.preventDefault();
    if (!chosen || !ready) return;
    setBusy(true);
    setRefusal(undefined);
    try {
      const { classroomId } = await api.openClassroom({
        kitId: chosen.kit.id,
        lessonId: chosen.lesson.id,
        className: className.trim(),
        language: board,
        atCentre,
        rehearse: false,
        ...(beside ? { with: beside } : {}),
      });
      keepPreset(chosen);
      location.hash = classroomId;
    } catch (error) {
      setRefusal(refusalOf(error));
      setBusy(false);
    }
  };
  return (
    <form class="new stack wide" onSubmit={open}>
      <div class="row apart head">
        <h1>{beside ? combined().choose : w().home.choose}</h1>
        {first && <span class="pill sky">{combined().first(first)}</span>}
        <Button kind="quiet" compact onClick={onCancel}>
          {t().back}
        </Button>
      </div>
      {!kits && !refusal && <p class="muted">{t().loading}</p>}
      {kits?.length === 0 && <p class="card muted">{w().home.noKits}</p>}
      <div class="lessons" role="radiogroup" aria-label={w().home.choose}>
        {kits?.flatMap((kit) =>
          kit.lessons.map((lesson) => (
            <LessonCard
              key={`${kit.id}/${lesson.id}`}
              kit={kit}
              lesson={lesson}
              on={chosen?.lesson === lesson}
              onPick={() => setChosen({ kit, lesson })}
            />
          )),
        )}
      </div>
      <div class="stack fields">
        <div class="card stack">
          <label class="stack tight">
            {w().home.className}
            <input
              type="text"
              maxLength={40}
              placeholder={w().home.classHint}
              value={className}
              onInput={(e) => setClassName(e.currentTarget.value)}
              data-testid="class-name"
            />
          </label>
          <div class="stack tight">
            <b>{w().home.boardLanguage}</b>
            <Choice label={w().home.boardLanguage} value={board} options={languages} name={(l) => ownNames[l].full} onPick={setBoard} />
          </div>
          <label class="row check">
            <input type="checkbox" checked={atCentre} onChange={(e) => setAtCentre(e.currentTarget.checked)} data-testid="at-centre" />
            {w().home.atCentre}
          </label>
          {refusal && (
            <p class="refused" role="alert">
              {say(refusal)}
            </p>
          )}
          <div class="row wrap">
            <Button type="submit" disabled={!ready || busy} data-testid="open-classroom">
              {w().home.create}
            </Button>
            {chosen && !ready && <span class="muted small">{w().home.pickFirst}</span>}
          </div>
        </div>
        {chosen?.lesson.preparation && (
          <section class="card stack prepare" data-testid="kit-preparation">
            <h2>{w().prepare.title}</h2>
            <Prepare preparation={chosen.lesson.preparation} />
          </section>
        )}
      </div>
    </form>
  );
}

function LessonCard({ kit, lesson, on, onPick }: { kit: Kit; lesson: KitLesson; on: boolean; onPick: () => void }) {
  const early = lesson.preparation?.materials.filter((m) => m.hourBefore) ?? [];
  return (
    <button type="button" role="radio" aria-checked={on} class="card lesson" onClick={onPick} data-testid={`lesson-${kit.id}-${lesson.id}`}>
      <span class="small muted">
        {inLanguage(lesson.subject)} · {w().home.grade(lesson.gradeFrom, lesson.gradeTo)} · {t().minutes(lesson.minutes)}
      </span>
      <b>{inLanguage(lesson.title)}</b>
      <ol class="small muted">
        {lesson.steps.map((s, i) => (
          <li key={i}>
            {inLanguage(s.title)} · {s.minutes}′{s.devices ? "" : ` · ${w().home.unplugged}`}
          </li>
        ))}
      </ol>
      {early.length > 0 && (
        <span class="small only-you">
          {w().prepare.hourBefore}: {early.map((m) => inLanguage(m.text)).join("; ")}
        </span>
      )}
    </button>
  );
}
