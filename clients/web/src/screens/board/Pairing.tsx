import { useEffect, useState } from "preact/hooks";
import { api, Refused, refusalOf } from "../../connection/api";
import { say, t } from "../../i18n";
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
        {trouble?.code === "database-differs" ? <Held refusal={trouble} /> : <Code code={code} share={share} trouble={trouble} />}
      </div>
    </main>
  );
}

/** Until a person has put the server right there is nothing to type: why, in type for the back of the room. */
function Held({ refusal }: { refusal: Refusal }) {
  return (
    <div class="stack wide middle" role="alert" data-testid="held">
      <h1 class="held">{say(refusal)}</h1>
      <p>{t().byItself}</p>
    </div>
  );
}

type CodeProps = { code: string | undefined; share: number | undefined; trouble: Refusal | undefined };

function Code({ code, share, trouble }: CodeProps) {
  return (
    <>
      <h1>{w().pair.title}</h1>
      <p class="digits" aria-live="polite">
        {code ? `${code.slice(0, 3)} ${code.slice(3)}` : "••• •••"}
      </p>
      <p class="muted">{w().pair.text}</p>
      <Working share={share} />
      {trouble && (
        <div class="stack trouble" role="status">
          <p class="card sun">{say(trouble)}</p>
          <Button kind="quiet" onClick={() => location.reload()}>
            {w().pair.again}
          </Button>
        </div>
      )}
    </>
  );
}
