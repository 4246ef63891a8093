import { useEffect } from "preact/hooks";
import { api } from "../../../connection/api";
import { clockDiffers, serverNow, setServerNow } from "../../../connection/clock";
import { w } from "../../../i18n/teacher";

const askEvery = 60_000;

/** The server's clock and this device's are far apart: the dates of the lesson go by the server's. Gone by itself when it was set. */
export function ClockBanner() {
  const differs = clockDiffers.value;
  useEffect(() => {
    if (!differs) return;
    const timer = setInterval(
      () =>
        void api.session().then(
          (s) => setServerNow(s.now),
          () => {},
        ),
      askEvery,
    );
    return () => clearInterval(timer);
  }, [differs]);
  if (!differs) return null;
  return (
    <div class="banner clock" role="status" data-testid="clock-differs">
      <p>
        {w().clock.differs} {w().clock.server} <span class="nowrap">{dayAndTime(serverNow())}</span>, {w().clock.here}{" "}
        <span class="nowrap">{dayAndTime(Date.now())}</span>.
      </p>
      <p class="hint">{w().clock.hint}</p>
    </div>
  );
}

/** 26.11.2026 14:05, the same in every language. */
function dayAndTime(ms: number): string {
  const d = new Date(ms);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${two(d.getDate())}.${two(d.getMonth() + 1)}.${d.getFullYear()} ${two(d.getHours())}:${two(d.getMinutes())}`;
}
