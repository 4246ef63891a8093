import { w } from "../../i18n/accounts";
import type { CentreRow } from "../../protocol/http";

const roles = ["teacher", "mentor", "admin"];

type Props = { value: string; disabled?: boolean; onPick: (value: string) => void };

export function RolePick({ value, disabled, onPick }: Props) {
  return (
    <label class="stack tight small">
      {w().role}
      <select value={value} disabled={disabled} onChange={(e) => onPick(e.currentTarget.value)} data-testid="role">
        {!roles.includes(value) && <option value={value}>{w().noRole}</option>}
        {roles.map((role) => (
          <option key={role} value={role}>
            {w().roles[role]}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A centre that the organisation says and nobody has named here is shown by its id. */
export function CentrePick({ value, centres, disabled, onPick }: Props & { centres: readonly CentreRow[] }) {
  return (
    <label class="stack tight small">
      {w().centre}
      <select value={value} disabled={disabled} onChange={(e) => onPick(e.currentTarget.value)} data-testid="centre">
        <option value="">{w().noCentre}</option>
        {value !== "" && !centres.some((c) => c.id === value) && <option value={value}>{value}</option>}
        {centres.map((c) => (
          <option key={c.id} value={c.id}>
            {c.name}
          </option>
        ))}
      </select>
    </label>
  );
}
