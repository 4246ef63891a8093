import { useState } from "preact/hooks";
import { api, refusalOf } from "../../../connection/api";
import { inLanguage, language, say } from "../../../i18n";
import { w } from "../../../i18n/rehearsal";
import { w as teacher } from "../../../i18n/teacher";
import type { Kit } from "../../../protocol/http";
import type { Refusal } from "../../../protocol/types";
import { Button } from "../../../ui/parts";
import { allOf, keepPreset, keyOf, presetOf } from "./preset";

/** A picture of a class, and of nobody in it: some are lost, a hand is up, two say nothing. */
const pupils = "a a lost a a quiet a a a lost a hand a a a a a a a a quiet a lost a".split(" ");

/** The first thing that a new teacher sees: a class that is ready. */
export function Rehearse({ kits }: { kits: Kit[] }) {
  const [chosen, setChosen] = useState(presetOf(kits));
  const [atCentre, setAtCentre] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  if (!chosen) return null;
  const start = () => {
    setBusy(true);
    setRefusal(undefined);
    keepPreset(chosen);
    api
      .openClassroom({
        kitId: chosen.kit.id,
        lessonId: chosen.lesson.id,
        // As a class of that grade is called, in every language.
        className: String(chosen.lesson.gradeFrom),
        language: language.peek(),
        atCentre,
        rehearse: true,
      })
      .then(({ classroomId }) => {
        location.hash = classroomId;
      })
      .catch((error) => {
        setRefusal(refusalOf(error));
        setBusy(false);
      });
  };
  const all = allOf(kits);
  return (
    <section class="card slab rehearse">
      <div class="stack">
        <h1>{w().title}</h1>
        <p>{w().text}</p>
        {all.length > 1 && (
          <label class="row wrap">
            <span>{w().kit}</span>
            <select
              value={keyOf(chosen)}
              onChange={(e) => setChosen(all.find((c) => keyOf(c) === e.currentTarget.value))}
              data-testid="rehearse-kit"
            >
              {all.map((c) => (
                <option key={keyOf(c)} value={keyOf(c)}>
                  {inLanguage(c.lesson.title)}
                </option>
              ))}
            </select>
          </label>
        )}
        <label class="row check">
          <input
            type="checkbox"
            checked={atCentre}
            onChange={(e) => setAtCentre(e.currentTarget.checked)}
            data-testid="rehearse-at-centre"
          />
          {teacher().home.atCentre}
        </label>
        <div class="row wrap">
          <Button class="sunny" disabled={busy} onClick={start} data-testid="rehearse">
            {w().start}
          </Button>
          <span class="small">{w().note}</span>
        </div>
        {refusal && (
          <p class="refused" role="alert">
            {say(refusal)}
          </p>
        )}
      </div>
      <div class="pupils" aria-hidden="true">
        {pupils.map((p, i) => (
          <i key={i} class={p} />
        ))}
      </div>
    </section>
  );
}
