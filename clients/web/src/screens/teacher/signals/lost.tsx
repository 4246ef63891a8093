import { ownNames, t } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import { classOf } from "../../../lesson/byHand";
import { heatOf, hottest, sentenceText } from "../../../lesson/heat";
import type { Lesson } from "../../../lesson/lesson";
import { nameOf } from "../../../lesson/seats";
import { uuid7 } from "../../../protocol/ids";
import type { Language, Level, Pace } from "../../../protocol/types";
import { Act } from "../parts/Act";
import { few, initials } from "../parts/names";
import type { SignalCard } from "./card";
import { Frame } from "./Frame";

/** The sentence most students are lost on, and a press that explains it again. */
export function lost(lesson: Lesson, pace: Pace): SignalCard | undefined {
  if (pace.phase !== "live") return undefined;
  const hot = hottest(lesson, pace.stepId);
  if (!hot) return undefined;
  const { spot, id, explanation } = hot;
  const heat = heatOf(spot.count, classOf(pace));
  const [language, level] = spot.variant.split("-") as [Language, Level];
  const names = (spot.who ?? []).map((s) => nameOf(lesson, s));
  const quote = sentenceText(lesson, explanation, spot.variant, spot.sentence);
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
          {ownNames[language].short} · {t().levels[level]}
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
  return { key: "lost", urgency: heat === 3 ? 90 : heat === 2 ? 70 : 45, card };
}
