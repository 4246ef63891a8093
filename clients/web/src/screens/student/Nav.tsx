import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { w } from "../../i18n/student";
import { useLesson } from "../../lesson/context";
import { explanationsOf } from "../../lesson/explanations";
import { mine } from "../../lesson/phone";
import type { Hand } from "../../protocol/types";
import { Icon, type IconName } from "../../ui/icons";
import { fits, Length } from "../../ui/Length";
import { SizeChoice } from "../../ui/Looks";
import { Button } from "../../ui/parts";
import { Sheet } from "../../ui/Sheet";
import { faces, TempoSheet } from "./TempoSheet";

/** "I'm lost" was pressed: the reading asks which sentence. */
export const picking = signal(false);

type Open = "hand" | "tempo" | "size" | undefined;

export function Nav() {
  const lesson = useLesson();
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const me = lesson.store.one("me");
  const hand = me && lesson.store.one("hand", me.studentId);
  const stepId = lesson.store.one("pace")?.stepId;
  const lost = () => {
    // Without a text there is nothing to point at: ask a person.
    if (explanationsOf(lesson, stepId).length === 0) setOpen("hand");
    else picking.value = true;
  };
  return (
    <>
      <nav class="tools" aria-label={w().parts}>
        <Tool icon="lost" label={w().nav.lost} hot onClick={lost} />
        <Tool icon="hand" label={handWord(hand)} on={!!hand} onClick={() => setOpen("hand")} />
        <Tool
          icon={me?.tempo ? (faces[me.tempo - 1] ?? "tempo") : "tempo"}
          label={w().nav.tempo}
          on={!!me?.tempo}
          onClick={() => setOpen("tempo")}
        />
        <Tool label={w().nav.size} onClick={() => setOpen("size")} />
      </nav>
      {open === "hand" && <HandSheet hand={hand} onClose={close} />}
      {open === "tempo" && <TempoSheet now={me?.tempo} onClose={close} />}
      {open === "size" && <SizeSheet onClose={close} />}
    </>
  );
}

const handWord = (hand: Hand | undefined): string => (hand ? (hand.claimedName ? w().nav.coming : w().nav.raised) : w().nav.hand);

type ToolProps = { icon?: IconName; label: string; hot?: boolean; on?: boolean; onClick: () => void };
function Tool({ icon, label, hot, on, onClick }: ToolProps) {
  return (
    <button type="button" class={`tool ${hot ? "hot" : ""} ${on ? "on" : ""}`} onClick={onClick}>
      {icon ? <Icon name={icon} size={26} /> : <b aria-hidden="true">Аа</b>}
      <span>{label}</span>
    </button>
  );
}

function HandSheet({ hand, onClose }: { hand: Hand | undefined; onClose: () => void }) {
  const lesson = useLesson();
  const [topic, setTopic] = useState("");
  if (hand) {
    return (
      <Sheet title={hand.claimedName ? w().hand.claimed(hand.claimedName) : w().hand.raised} onClose={onClose}>
        <p class="muted">{hand.topic || w().hand.text}</p>
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

function SizeSheet({ onClose }: { onClose: () => void }) {
  return (
    <Sheet title={t().size} onClose={onClose}>
      <SizeChoice />
    </Sheet>
  );
}
