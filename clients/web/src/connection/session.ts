import { useEffect, useState } from "preact/hooks";
import type { Session } from "../protocol/http";
import type { Refusal } from "../protocol/types";
import { api, refusalOf } from "./api";
import { setServerNow } from "./clock";
import { lost } from "./lost";
import type { OnWork } from "./proof";

/** Who is signed in by the cookie; asks again by itself while the server is not reachable, and when a connection by it is lost. */
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
  }, [turn, lost.value]);
  return { session, refusal, again: () => setTurn((n) => n + 1) };
}

/** Undefined when the cookie is set. */
export const signIn = (userName: string, password: string, onWork?: OnWork): Promise<Refusal | undefined> =>
  api.login(userName, password, onWork).then(() => undefined, refusalOf);

/** Undefined when the password is changed; this browser stays in, all others are out. */
export const changePassword = (current: string, password: string, onWork?: OnWork): Promise<Refusal | undefined> =>
  api.changePassword(current, password, onWork).then(() => undefined, refusalOf);

/** Undefined when every session of this account is over, this one too. */
export const leaveEverywhere = async (): Promise<Refusal | undefined> => {
  try {
    const out = await api.leaveEverywhere();
    if (out.next) location.assign(out.next);
    return undefined;
  } catch (error) {
    return refusalOf(error);
  }
};

/** Never rejects: without a connection, too, the page asks again who is signed in. Who came through the organisation leaves it too. */
export const signOut = async (): Promise<void> => {
  const out = await api.logout().catch(() => undefined);
  if (out?.next) location.assign(out.next);
};
