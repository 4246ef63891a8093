// Which way to the server is tried next. Pure, so that a test can hold it.

/** `socket`: a WebSocket at once, nothing asked before. `events`, `polling`: SignalR asks first, and does without a WebSocket. */
export type Road = "socket" | "events" | "polling";

const all: readonly Road[] = ["socket", "events", "polling"];

/**
 * A school's proxy may let no WebSocket through: then the next road is tried at once. Where a WebSocket once stood, it is what every
 * return begins with; elsewhere, what worked last.
 */
export class Roads {
  #now: Road;
  #home: Road;
  /** A WebSocket stood once on this page: what failed since was the moment, not the network. */
  #proven = false;

  constructor(sockets: boolean) {
    this.#now = this.#home = sockets ? "socket" : "events";
  }

  get now(): Road {
    return this.#now;
  }

  /** The server answered on this road. */
  worked(): void {
    if (this.#now === "socket") this.#proven = true;
    if (!this.#proven) this.#home = this.#now;
  }

  /** The connection that stood is gone: where to begin again. */
  lost(): void {
    this.#now = this.#home;
  }

  /**
   * @param away there was nobody to ask, so another road leads nowhere either
   * @returns true when the next road is worth a try at once; false when it is time to wait
   */
  failed(away: boolean): boolean {
    const next = all[all.indexOf(this.#now) + 1];
    if (away || !next) {
      this.#now = this.#home;
      return false;
    }
    this.#now = next;
    return true;
  }
}
