// What the banner at the top says. Pure, so that it can be tested.

export type Banner = {
  state: "connecting" | "live" | "offline" | "closed";
  /** The outbox is waiting for a connection or for another try. */
  waiting: boolean;
  unsent: number;
  /** The server can store what people do; a board does not know. */
  saves: boolean;
  /** The server has said why it lets nobody in. */
  held?: boolean;
};
export type BannerPart = "offline" | "held" | "notSaving" | "unsent";

/** Nothing while all is well. Without a connection nothing is known of the server; what it cannot save is not the connection's fault. */
export function bannerParts({ state, waiting, unsent, saves, held }: Banner): BannerPart[] {
  const pending: BannerPart[] = unsent > 0 ? ["unsent"] : [];
  if (state === "offline") return [held ? "held" : "offline", ...pending];
  if (!saves) return ["notSaving"];
  return waiting ? pending : [];
}
