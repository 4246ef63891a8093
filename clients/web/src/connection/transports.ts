// Which transport is tried next. Pure, so that it can be tested.

/**
 * `webSocket` is opened at once, without a negotiation. `serverSentEvents` and `longPolling` are negotiated by SignalR, and do without a
 * WebSocket.
 */
export type Transport = "webSocket" | "serverSentEvents" | "longPolling";

const all: readonly Transport[] = ["webSocket", "serverSentEvents", "longPolling"];

/**
 * A school's proxy may let no WebSocket through: then the next transport is tried at once. Where a WebSocket has worked on this page, every
 * reconnect begins with it; elsewhere it begins with what worked last.
 */
export class Transports {
  #current: Transport;
  #preferred: Transport;
  /** A WebSocket has worked on this page: what failed since was the moment, not the network. */
  #webSocketWorked = false;

  constructor(hasWebSocket: boolean) {
    this.#current = this.#preferred = hasWebSocket ? "webSocket" : "serverSentEvents";
  }

  get current(): Transport {
    return this.#current;
  }

  /** The server answered by the current transport. */
  succeeded(): void {
    if (this.#current === "webSocket") this.#webSocketWorked = true;
    if (!this.#webSocketWorked) this.#preferred = this.#current;
  }

  /** The connection was lost: begin again with the preferred transport. */
  reset(): void {
    this.#current = this.#preferred;
  }

  /**
   * @param unreachable the server could not be reached at all, so another transport would not reach it either
   * @returns true when the next transport is worth a try at once; false when it is time to wait
   */
  failed(unreachable: boolean): boolean {
    const next = all[all.indexOf(this.#current) + 1];
    if (unreachable || !next) {
      this.#current = this.#preferred;
      return false;
    }
    this.#current = next;
    return true;
  }
}
