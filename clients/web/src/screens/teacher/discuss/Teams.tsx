import { useState } from "preact/hooks";
import { t } from "../../../i18n";
import { w as roomWords } from "../../../i18n/rooms";
import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import { numberOf, phonesOf, roomsOf } from "../../../lesson/rooms";
import { nameOf, seatsOf } from "../../../lesson/seats";
import { Outcome } from "../../../ui/Status";
import { Theirs } from "../../../ui/Theirs";
import { Act, useSend } from "../parts/Act";
import { labelOf } from "../rooms/names";

export function Teams() {
  const lesson = useLesson();
  const { send, sent } = useSend();
  const teams = [...lesson.store.all("team")].sort(([a], [b]) => Number(a) - Number(b));
  const seats = seatsOf(lesson);
  const rooms = roomsOf(lesson);
  // Each room where somebody is has one at least.
  const fewest = Math.max(1, rooms.filter((r) => r.joined > 0).length);
  // A team is of one room: others are not offered.
  const open = (studentId: string) =>
    teams.filter(([, team]) => team.size === 0 || numberOf(team) === numberOf(lesson.store.one("seat", studentId)));
  // As it is typed: on the way to 12 stands 1.
  const [typed, setTyped] = useState<string>();
  const most = Math.max(fewest, phonesOf(seats));
  const [mixed, setMixed] = useState(true);
  const wanted = typed === undefined ? teams.length || Math.min(most, Math.max(fewest, Math.round(seats.length / 4))) : Number(typed);
  const fits = Number.isInteger(wanted) && wanted >= fewest && wanted <= most;
  const loose = teams.length > 0 ? seats.filter(([, s]) => s.team === undefined) : [];
  const move = (studentId: string) => (
    <select
      aria-label={`${w().discuss.move}: ${nameOf(lesson, studentId)}`}
      value=""
      onChange={(e) => send("MoveToTeam", { studentId, team: Number(e.currentTarget.value) })}
      data-testid={`move-${studentId}`}
    >
      <option value="">⇄</option>
      {open(studentId).map(([n]) => (
        <option key={n} value={n}>
          {t().team(Number(n))}
        </option>
      ))}
    </select>
  );
  return (
    <section class="card stack">
      <div class="row wrap">
        <h3 class="grow">{w().discuss.teams}</h3>
        <label class="row check small">
          {w().discuss.count}
          <input
            type="number"
            min={fewest}
            max={most}
            value={typed ?? wanted}
            aria-invalid={!fits}
            onInput={(e) => setTyped(e.currentTarget.value)}
            data-testid="team-count"
          />
        </label>
        <label class="row check small">
          <input type="checkbox" checked={mixed} onChange={(e) => setMixed(e.currentTarget.checked)} />
          {w().discuss.mixed}
        </label>
        <Act
          name="FormTeams"
          fields={() => ({ count: wanted, mixed })}
          disabled={!fits}
          {...(teams.length > 0 ? { kind: "quiet" as const } : {})}
          testid="form-teams"
        >
          {teams.length > 0 ? w().discuss.reform : w().discuss.form}
        </Act>
      </div>
      {!fits && seats.length > 0 && (
        <p class="refused" role="alert" data-testid="team-limits">
          {roomWords().teamLimits(fewest === most ? `${most}` : `${fewest}–${most}`)}
        </p>
      )}
      {teams.length === 0 && <p class="muted small">{w().discuss.noTeams}</p>}
      <div class="teams">
        {teams.map(([n, team]) => (
          <div key={n} class="team" data-testid={`team-${n}`}>
            <b>{t().team(Number(n))}</b>
            {rooms.length > 0 && <span class="small muted cut">{labelOf(rooms.find((r) => r.number === numberOf(team)) ?? {})}</span>}
            <ul class="plain">
              {(team.members ?? []).map((id) => (
                <li key={id} class="row apart">
                  <span class="cut">
                    <Theirs>{nameOf(lesson, id)}</Theirs>
                  </span>
                  {teams.length > 1 && move(id)}
                </li>
              ))}
            </ul>
          </div>
        ))}
        {loose.length > 0 && (
          <div class="team">
            <b>{w().students.noTeam}</b>
            <ul class="plain">
              {loose.map(([id, s]) => (
                <li key={id} class="row apart">
                  <span class="cut">
                    <Theirs>{s.nickname}</Theirs>
                  </span>
                  {move(id)}
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
      <Outcome sent={sent} />
    </section>
  );
}
