import { useEffect, useState } from "preact/hooks";
import type { Session } from "../protocol/http";
import type { Refusal } from "../protocol/types";
import { api, refusalOf } from "./api";
import { setServerNow } from "./clock";
import { held, lost } from "./lost";
import type { OnWork } from "./proof";

const askAgain = 3000;

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
        timer = setTimeout(() => setTurn((n) => n + 1), askAgain);
      },
    );
    return () => clearTimeout(timer);
  }, [turn, lost.value, held.value]);
  // Who is signed in goes on with what is on the screen.
  const isShut = held.value && session?.role === "anonymous";
  return {
    session: isShut ? undefined : session,
    refusal: isShut ? { code: "database-differs" } : refusal,
    again: () => setTurn((n) => n + 1),
  };
}

/** Whether the server lets anybody in at all: asked at once where nobody is signed in, and again while it does not answer. */
export function useHeld(): boolean {
  const now = held.value;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let here = true;
    const ask = () =>
      api.session().then(
        () => {},
        () => {
          if (here) timer = setTimeout(ask, askAgain);
        },
      );
    void ask();
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [now]);
  return now;
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
