import { api } from "../../../connection/api";
import { t } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import { showCode } from "../../../lesson/joinCode";
import { Entrance } from "./Entrance";

/** The code large, with its QR. */
export function JoinCode({ code }: { code: string }) {
  const link = `${location.origin}/j/${code}`;
  return (
    <div class="code-large">
      <img src={api.qr(link)} alt="" width={168} height={168} />
      <div class="stack tight">
        <b class="code-text">{showCode(code)}</b>
        <span class="muted small">{w().head.codeHow}</span>
        <a href={link} target="_blank" rel="noreferrer">
          {location.host}
        </a>
        <Entrance />
      </div>
      <span class="unseen">{t().name}</span>
    </div>
  );
}
