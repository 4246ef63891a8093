import { useEffect, useState } from "preact/hooks";
import type { Refusal } from "../protocol/types";
import { api, refusalOf, type Session } from "./api";
import { setServerNow } from "./clock";

/** Who is here by the cookie; asks again by itself while the server is not reachable. */
export function useSession(): { session: Session | undefined; refusal: Refusal | undefined; again: () => void } {
  const [session, setSession] = useState<Session>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    api.session().then(
      (s) => {
        setServerNow(s.now);
        setRefusal(undefined);
        setSession(s);
      },
      (error) => {
        setRefusal(refusalOf(error));
        timer = setTimeout(() => setTurn((n) => n + 1), 3000);
      },
    );
    return () => clearTimeout(timer);
  }, [turn]);
  return { session, refusal, again: () => setTurn((n) => n + 1) };
}
