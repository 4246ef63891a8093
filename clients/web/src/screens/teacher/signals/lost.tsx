import { ownNames, language as spoken, t } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import { classOf } from "../../../lesson/byHand";
import { canTell } from "../../../lesson/explanations";
import { heatOf, type LostAt, lostIn, wordsOf } from "../../../lesson/heat";
import type { Lesson } from "../../../lesson/lesson";
import { nameOf } from "../../../lesson/seats";
import { uuid7 } from "../../../protocol/ids";
import type { Explanation, Language, Level, Pace, Variant } from "../../../protocol/types";
import { formulas } from "../../../ui/Rich";
import { Act } from "../parts/Act";
import { few, initials } from "../parts/names";
import type { SignalCard } from "./card";
import { Frame } from "./Frame";

/** More would be a list, and no card. */
const most = 3;

/** The sentences most students are lost on, in their words, and a press that explains one again. */
export function lost(lesson: Lesson, pace: Pace): SignalCard | undefined {
  if (pace.phase !== "live") return undefined;
  const found = lostIn(lesson, pace.stepId);
  const first = found?.places[0];
  if (!found || !first) return undefined;
  const { id, explanation, places } = found;
  const heat = heatOf(first.count, classOf(pace));
  // Prepared text is told as a whole: one press for all that stands here.
  const byPart = lesson.modelWrites.value;
  const card = (
    <Frame title={w().cards.lost(first.count)} tone="hot">
      {places.slice(0, most).map((place, i) => (
        <div class="stack tight lost-at" key={`${place.spots[0]?.variant}/${place.spots[0]?.sentence}`} data-testid="lost-at">
          {i > 0 && <b class="small">{w().cards.lost(place.count)}</b>}
          <Words lesson={lesson} explanation={explanation} place={place} />
          <Who lesson={lesson} ids={place.who} />
          {byPart && <Again id={id} explanation={explanation} place={place} byPart testid={i === 0 ? "again-hot" : `again-hot-${i}`} />}
        </div>
      ))}
      {places.length > most && <span class="small muted">{w().cards.more(places.length - most)}</span>}
      {!byPart && canTell(lesson, explanation) && (
        <Again id={id} explanation={explanation} place={first} byPart={false} testid="again-hot" />
      )}
    </Frame>
  );
  return { key: "lost", urgency: heat === 3 ? 90 : heat === 2 ? 70 : 45, card, urgent: true };
}

const languageOf = (variant: Variant): Language => variant.slice(0, 2) as Language;

/** As its readers have it; and in the teacher's language, where the same sentence is told in that too. */
function Words({ lesson, explanation, place }: { lesson: Lesson; explanation: Explanation; place: LostAt }) {
  const own = place.spots.some((s) => languageOf(s.variant) === spoken.value)
    ? undefined
    : place.spots.flatMap((s) => s.same ?? []).find((s) => languageOf(s.variant) === spoken.value);
  return (
    <>
      {place.spots.map((s) => {
        const words = wordsOf(lesson, explanation, s);
        return <Quote key={s.variant} variant={s.variant} words={words} nth={s.sentence + 1} />;
      })}
      {own && <Quote variant={own.variant} words={own.text} nth={0} muted />}
    </>
  );
}

function Quote({ variant, words, nth, muted }: { variant: Variant; words: string | undefined; nth: number; muted?: boolean }) {
  const [language, level] = variant.split("-") as [Language, Level];
  return (
    <p class={`quote ${muted ? "muted" : ""}`}>
      <span class="pill small">
        {ownNames[language].short} · {t().levels[level]}
      </span>{" "}
      {words ? <span lang={language}>«{formulas(words)}»</span> : w().cards.sentence(nth)}
    </p>
  );
}

function Who({ lesson, ids }: { lesson: Lesson; ids: readonly string[] }) {
  const names = ids.map((s) => nameOf(lesson, s));
  if (names.length === 0) return null;
  return (
    <div class="row">
      <span class="avatars" aria-hidden="true">
        {names.slice(0, 3).map((n, i) => (
          <i key={i}>{initials(n)}</i>
        ))}
        {names.length > 3 && <i>+{names.length - 3}</i>}
      </span>
      <span class="small">{few(names, 4)}</span>
    </div>
  );
}

type AgainProps = { id: string; explanation: Explanation; place: LostAt; byPart: boolean; testid: string };
/** Of a text that is still on its way there is nothing to explain again. */
function Again({ id, explanation, place, byPart, testid }: AgainProps) {
  const spot = place.spots.find((s) => explanation.variants.some((v) => v.variant === s.variant && v.status !== "running" && v.length > 0));
  if (!spot || explanation.status === "running") return null;
  return (
    <Act
      name="RequestExplanation"
      fields={() => ({
        explanationId: uuid7(),
        stepId: explanation.stepId,
        mode: "simpler",
        of: id,
        ofVariant: spot.variant,
        sentences: byPart ? [spot.sentence] : [],
      })}
      testid={testid}
    >
      {byPart ? w().cards.again : w().cards.againWhole}
    </Act>
  );
}
