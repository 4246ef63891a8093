// A screen that does not go dark amid a lesson.
import { useEffect } from "preact/hooks";

/** The browser lets go whenever the page is hidden, and gives it only where the address is trusted (https, or the machine itself). */
export function useWakeLock(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    let left = false;
    const ask = async () => {
      if (document.visibilityState !== "visible" || (lock && !lock.released)) return;
      const given = await navigator.wakeLock?.request("screen").catch(() => undefined);
      if (left) void given?.release();
      else lock = given;
    };
    void ask();
    document.addEventListener("visibilitychange", ask);
    return () => {
      left = true;
      document.removeEventListener("visibilitychange", ask);
      void lock?.release();
    };
  }, []);
}
