import { say, t } from "../i18n";
import type { Refusal } from "../protocol/types";
import { LanguageSwitch, Loading, Mark } from "./parts";

/** Before it is known who is signed in: why it is not known yet, in words of the person's own language. The page asks again by itself. */
export function Waiting({ refusal }: { refusal: Refusal | undefined }) {
  if (refusal?.code !== "database-differs") return <Loading>{refusal ? say(refusal) : undefined}</Loading>;
  return (
    <main class="loading held" data-testid="held">
      <Mark size={56} />
      <div class="stack" role="alert">
        <h1>{say(refusal)}</h1>
        <p>{t().byItself}</p>
      </div>
      <LanguageSwitch short />
    </main>
  );
}
