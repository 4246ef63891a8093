import { useEffect, useState } from "preact/hooks";
import { api, Refused, refusalOf } from "../../connection/api";
import { say } from "../../i18n";
import { w } from "../../i18n/board";
import type { Refusal } from "../../protocol/types";
import { Button, LanguageSwitch, Mark, Working } from "../../ui/parts";
import { keep } from "./paired";

/** Shows a code until a teacher has typed it. A code that ran out is replaced by itself. */
export function Pairing() {
  const [code, setCode] = useState<string | undefined>();
  const [share, setShare] = useState<number>();
  const [trouble, setTrouble] = useState<Refusal | undefined>();
  useEffect(() => {
    let here = true;
    let secret: string | undefined;
    const step = async () => {
      try {
        if (secret === undefined) {
          const begun = await api.pairBoard(setShare).finally(() => setShare(undefined));
          secret = begun.secret;
          if (here) setCode(begun.pairing);
        } else {
          const board = await api.paired(secret);
          if (board && here) return keep(board);
        }
        if (here) setTrouble(undefined);
      } catch (error) {
        if (error instanceof Refused && error.status === 404) secret = undefined;
        else if (here) setTrouble(refusalOf(error));
      }
      if (here) setTimeout(step, 2000);
    };
    void step();
    return () => {
      here = false;
    };
  }, []);
  return (
    <main class="pairing">
      <header class="row">
        <Mark size={54} />
        <span class="push" />
        <LanguageSwitch />
      </header>
      <div class="stack wide middle">
        <h1>{w().pair.title}</h1>
        <p class="digits" aria-live="polite">
          {code ? `${code.slice(0, 3)} ${code.slice(3)}` : "••• •••"}
        </p>
        <p class="muted">{w().pair.text}</p>
        <Working share={share} />
        {trouble && (
          <div class="row" role="status">
            <span class="pill warn">{say(trouble)}</span>
            <Button kind="quiet" onClick={() => location.reload()}>
              {w().pair.again}
            </Button>
          </div>
        )}
      </div>
    </main>
  );
}
