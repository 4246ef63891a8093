import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { w } from "../../i18n/student";
import { useLesson } from "../../lesson/context";
import { explanationsOf } from "../../lesson/explanations";
import type { Hand } from "../../protocol/types";
import { Icon, type IconName } from "../../ui/icons";
import { sheets } from "./laterParts";
import type { OpenSheet } from "./NavSheets";
import { faces } from "./tempoFaces";

/** "I'm lost" was pressed: the reading asks which sentence. */
export const picking = signal(false);

export function Nav() {
  const lesson = useLesson();
  const [open, setOpen] = useState<OpenSheet>();
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
      {open && !sheets.isHere() && (
        <p class="toast" role="status">
          {t().loading}
        </p>
      )}
      <sheets.Part open={open} hand={hand} onClose={close} />
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
