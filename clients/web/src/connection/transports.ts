// Which transport is tried next. Pure, so that it can be tested.

/**
 * `webSocket` is opened at once, without a negotiation. `serverSentEvents` and `longPolling` are negotiated by SignalR, and do without a
 * WebSocket.
 */
export type Transport = "webSocket" | "serverSentEvents" | "longPolling";

/** What worked on another page, so that a reload does not begin anew with what this network lets not through. */
export interface RememberedTransport {
  get(): Transport | undefined;
  set(transport: Transport): void;
}

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
  #anyWorked = false;
  #first: Transport;

  constructor(
    hasWebSocket: boolean,
    private readonly remembered?: RememberedTransport,
  ) {
    this.#first = hasWebSocket ? "webSocket" : "serverSentEvents";
    const known = remembered?.get();
    this.#current = this.#preferred = known && all.indexOf(known) > all.indexOf(this.#first) ? known : this.#first;
  }

  get current(): Transport {
    return this.#current;
  }

  /** The server answered by the current transport. */
  succeeded(): void {
    this.#anyWorked = true;
    if (this.#current === "webSocket") this.#webSocketWorked = true;
    this.#preferred = this.#webSocketWorked ? "webSocket" : this.#current;
    this.remembered?.set(this.#preferred);
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
    // What another page remembered may be wrong by now.
    if (!this.#anyWorked) this.#preferred = this.#first;
    const next = all[all.indexOf(this.#current) + 1];
    if (unreachable || !next) {
      this.#current = this.#preferred;
      return false;
    }
    this.#current = next;
    return true;
  }
}
