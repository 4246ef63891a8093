import { t } from "../i18n";

type Props = { trouble: "thisMachine" | "noNetwork" | "silent" | "nobody" | undefined; host: string };

/** Why phones may not find this server, and what to do. */
export function AddressNote({ trouble, host }: Props) {
  if (!trouble) return null;
  return (
    <p class="card sun address-note" role="status" data-testid={`address-${trouble}`}>
      {t().address[trouble](host)}
    </p>
  );
}
