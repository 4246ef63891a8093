import { useEffect, useMemo } from "preact/hooks";
import { secondsLeft } from "../../../connection/clock";
import { inLanguage, t } from "../../../i18n";
import { w } from "../../../i18n/combined";
import { w as rooms } from "../../../i18n/rooms";
import { w as teacher } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import { enterLesson, type Lesson } from "../../../lesson/lesson";
import { seatsOf } from "../../../lesson/seats";
import type { Group, Plan } from "../../../protocol/types";
import { Timer } from "../../../ui/parts";
import { noticed } from "../signals/noticed";
import { alarm } from "../signals/threads";
import { tellBoth } from "./apart";
import { SecondGroup } from "./SecondGroup";

/** The two groups of a combined class: which one this console shows, and what is urgent in the other. Nothing where the class is not combined.
 *  @param enter a test's own lessons */
export function GroupsBar({ plan, enter = enterLesson }: { plan: Plan; enter?: typeof enterLesson }) {
  const [group] = useLesson().store.all("group");
  return group ? <Beside key={group[0]} id={group[0]} group={group[1]} plan={plan} enter={enter} /> : null;
}

/** Looks at the other lesson by a connection of its own, which sends nothing: what its own console left unsent waits for that. */
function Beside({ id, group, plan, enter }: { id: string; group: Group; plan: Plan; enter: typeof enterLesson }) {
  const own = useLesson().classroomId;
  const other = useMemo(() => enter(id, "group"), [id]);
  useEffect(() => () => other.leave(), [other]);
  const isKnown = other.store.one("plan") !== undefined;
  const knows = other.store.one("group", own) !== undefined;
  useEffect(() => (isKnown && !knows ? tellBoth(own, id) : undefined), [isKnown, knows]);
  return isKnown && !knows ? null : <GroupTabs other={other} group={group} plan={plan} />;
}

export function GroupTabs({ other, group, plan }: { other: Lesson; group: Group; plan: Plan }) {
  const isDanger = alarm(other) !== undefined || noticed(other) !== undefined;
  const isOver = other.store.one("pace")?.phase === "ended";
  return (
    <nav class="groups-bar" aria-label={w().title} data-testid="groups-bar">
      <span class="group here" aria-current="page">
        <b class="cut">{plan.className}</b>
        <span class="small muted">{w().here}</span>
      </span>
      <a class={`group ${isDanger ? "alarm" : ""}`} href={`#${other.classroomId}`} data-testid="other-group">
        <b class="cut">{group.className}</b>
        <Urgent other={other} />
        <Where other={other} />
      </a>
      {isDanger && (
        <span class="pill hot start" role="alert" data-testid="other-danger">
          {group.className}: {teacher().tutor.alarm}
        </span>
      )}
      {isOver && <SecondGroup plan={plan} again />}
    </nav>
  );
}

/** Who waits for the teacher there. After the end nobody does. */
function Urgent({ other }: { other: Lesson }) {
  if (other.store.one("pace")?.phase === "ended") return null;
  const hands = [...other.store.all("hand").values()].filter((h) => !h.claimedBy).length;
  const door = other.store.all("entry").size;
  const devices = seatsOf(other).reduce((sum, [, s]) => sum + (s.requests?.length ?? 0), 0);
  return (
    <>
      {hands > 0 && (
        <span class="pill warn" data-testid="other-hands">
          {rooms().hands(hands)}
        </span>
      )}
      {door > 0 && <span class="pill warn">{teacher().cards.door(door)}</span>}
      {devices > 0 && <span class="pill warn">{teacher().cards.devices(devices)}</span>}
    </>
  );
}

/** The step that it is at, and the time that is left of it. */
function Where({ other }: { other: Lesson }) {
  const pace = other.store.one("pace");
  const step = other.store.one("plan")?.steps.find((s) => s.id === pace?.stepId);
  if (!pace) return null;
  if (pace.phase !== "live" || !step) return <span class="small muted">{teacher().phase[pace.phase]}</span>;
  const left = pace.stepStartedAt ? secondsLeft(pace.stepStartedAt, step.minutes + (pace.minutesAdded ?? 0)) : undefined;
  return (
    <span class="small muted where" data-testid="other-step">
      <span class="cut">{inLanguage(step.title)}</span>
      {left !== undefined && <span class="nowrap">· {left > 0 ? <Timer left={() => left} /> : t().timeOver}</span>}
    </span>
  );
}
