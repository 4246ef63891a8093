import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import { canTell } from "../../../lesson/explanations";
import { uuid7 } from "../../../protocol/ids";
import type { ExplainMode, Explanation, Variant } from "../../../protocol/types";
import { Button } from "../../../ui/parts";
import { Outcome } from "../../../ui/Status";
import { useSend } from "../parts/Act";

const modes: readonly ExplainMode[] = ["simpler", "life", "story", "steps"];

type Props = {
  id: string;
  e: Explanation;
  variant: Variant;
  selected: ReadonlySet<number>;
  /** The hottest sentence. */
  hot: number | undefined;
  busy: boolean;
  onClear: () => void;
  onAgain: () => void;
};
/** Explains the selected sentences again in another way; with none selected the hottest one, or all of it. */
export function ExplainAgain({ id, e, variant, selected, hot, busy, onClear, onAgain }: Props) {
  const { send, sent } = useSend();
  const lesson = useLesson();
  // Prepared text is told as a whole, whatever was chosen in it.
  const byPart = lesson.modelWrites.value;
  const chosen = !byPart ? [] : selected.size > 0 ? [...selected].sort((a, b) => a - b) : hot !== undefined ? [hot] : [];
  const again = (mode: ExplainMode) => {
    send("RequestExplanation", {
      explanationId: uuid7(),
      stepId: e.stepId,
      mode,
      of: id,
      ofVariant: variant,
      sentences: chosen,
      ...(e.preview ? { preview: true } : {}),
    });
    onAgain();
  };
  if (!canTell(lesson, e)) return null;
  const what = !byPart
    ? w().explain.wholePrepared
    : selected.size > 0
      ? w().explain.selected(selected.size)
      : hot !== undefined
        ? w().explain.hottest(hot + 1)
        : w().explain.whole;
  return (
    <div class="stack again">
      <span class="small muted">{what}</span>
      <div class="row wrap">
        {modes.map((mode, i) => (
          <Button
            key={mode}
            compact
            {...(i > 0 || chosen.length === 0 ? { kind: "quiet" as const } : {})}
            disabled={busy}
            onClick={() => again(mode)}
            data-testid={`again-${mode}`}
          >
            {w().explain.again[mode]}
          </Button>
        ))}
        {selected.size > 0 && (
          <Button kind="bare" compact onClick={onClear}>
            {w().explain.clear}
          </Button>
        )}
      </div>
      <Outcome sent={sent} />
    </div>
  );
}
