// The sheets behind the tools at the thumb: they come once the child is in.
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { w as own } from "../../i18n/own";
import { w } from "../../i18n/student";
import { useLesson } from "../../lesson/context";
import { mine } from "../../lesson/phone";
import type { Hand } from "../../protocol/types";
import { fits, Length } from "../../ui/Length";
import { SizeChoice, ThemeChoice } from "../../ui/Looks";
import { Button, Choice } from "../../ui/parts";
import { face, faces, ruler, space, spaces } from "../../ui/reading";
import { Sheet } from "../../ui/Sheet";
import { Ruler } from "./Ruler";
import { TempoSheet } from "./TempoSheet";

export type OpenSheet = "hand" | "tempo" | "size" | undefined;

export function NavSheets({ open, hand, onClose }: { open: OpenSheet; hand: Hand | undefined; onClose: () => void }) {
  const me = useLesson().store.one("me");
  return (
    <>
      <Ruler />
      {open === "hand" && <HandSheet hand={hand} onClose={onClose} />}
      {open === "tempo" && <TempoSheet now={me?.tempo} onClose={onClose} />}
      {open === "size" && <LookSheet onClose={onClose} />}
    </>
  );
}

function HandSheet({ hand, onClose }: { hand: Hand | undefined; onClose: () => void }) {
  const lesson = useLesson();
  const [topic, setTopic] = useState("");
  const waiting = hand ? undefined : lesson.outbox.queued("RaiseHand").at(-1);
  if (hand || waiting) {
    return (
      <Sheet title={hand?.claimedName ? w().hand.claimed(hand.claimedName) : waiting ? w().hand.title : w().hand.raised} onClose={onClose}>
        {waiting && <p role="status">{own().handWaits}</p>}
        {hand?.place !== undefined && (
          <p class="strong" role="status" data-testid="place">
            {hand.place === 1 ? own().next : own().place(hand.place)}
          </p>
        )}
        <p class="muted">{(hand?.topic ?? waiting?.fields.topic) || w().hand.text}</p>
        <Button
          kind="quiet"
          onClick={() => {
            lesson.outbox.send("LowerHand", {}, undefined, mine(lesson));
            onClose();
          }}
        >
          {w().hand.lower}
        </Button>
      </Sheet>
    );
  }
  return (
    <Sheet title={w().hand.title} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(e) => {
          e.preventDefault();
          lesson.outbox.send("RaiseHand", { topic: topic.trim() }, undefined, mine(lesson));
          onClose();
        }}
      >
        <p class="muted">{w().hand.text}</p>
        <label class="stack tight">
          {w().hand.topic}
          <input type="text" value={topic} onInput={(e) => setTopic(e.currentTarget.value)} />
          <Length text={topic} max={120} />
        </label>
        <Button type="submit" big disabled={!fits(topic, 120)}>
          {w().hand.raise}
        </Button>
      </form>
    </Sheet>
  );
}

/** Size, space, face, ruler, colours: how it is easiest to read, on this device. */
function LookSheet({ onClose }: { onClose: () => void }) {
  const words = own().look;
  return (
    <Sheet title={words.title} onClose={onClose}>
      <h3>{t().size}</h3>
      <SizeChoice />
      <h3>{words.spacing}</h3>
      <Choice
        label={words.spacing}
        value={space.value}
        options={spaces}
        name={(s) => words.spacings[Number(s)] ?? s}
        onPick={(s) => {
          space.value = s;
        }}
        testid="space"
      />
      <h3>{words.face}</h3>
      <Choice
        label={words.face}
        value={face.value}
        options={faces}
        name={(f) => words.faces[f]}
        onPick={(f) => {
          face.value = f;
        }}
        testid="face"
      />
      <p class="muted small">{words.faceHint}</p>
      <h3>{words.ruler}</h3>
      <Choice
        label={words.ruler}
        value={ruler.value ? "on" : "off"}
        options={["off", "on"] as const}
        name={(o) => words[o]}
        onPick={(o) => {
          ruler.value = o === "on";
        }}
        testid="ruler"
      />
      <p class="muted small">{words.rulerHint}</p>
      <h3>{t().theme}</h3>
      <ThemeChoice />
    </Sheet>
  );
}
