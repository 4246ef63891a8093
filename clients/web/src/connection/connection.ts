// A connection to the hub that reconnects for ever. Whom it speaks for, and what is said on entering, is its owner's.
import { HubConnectionState } from "@microsoft/signalr";
import { type ReadonlySignal, signal } from "@preact/signals";
import { type MessageName, type Messages, messageOnWire } from "../protocol/messages";
import { backoff, sleep } from "./backoff";
import { lost } from "./lost";
import { createSignalR, isUnreachable, type SignalR, startInTime } from "./signalr";
import { type Transport, Transports } from "./transports";

export type ConnectionState = "connecting" | "live" | "offline" | "closed";
/** `live`: the server let us in. `wait`: not yet, ask again in 3 s. `stop`: never again. */
export type Entered = "live" | "wait" | "stop";

type Handler = (...args: unknown[]) => void;

export class Connection {
  #state = signal<ConnectionState>("connecting");
  #transports = new Transports("WebSocket" in globalThis);
  #handlers: [message: string, handler: Handler][] = [];
  #create: (transport: Transport) => SignalR;
  #signalR: SignalR;
  #started = false;
  #connecting = false;
  #attempt = 0;
  #retryNow: () => void = () => {};
  #waiters = new Set<() => void>();
  #enter: () => Promise<Entered>;
  #byCookie: boolean;

  /**
   * @param enter called on each new connection, before it counts as live
   * @param ticket absent for people with a cookie
   * @param create a test's own connections
   */
  constructor(enter: () => Promise<Entered>, ticket?: () => string, create = createSignalR) {
    this.#enter = enter;
    this.#byCookie = ticket === undefined;
    this.#create = (transport) => create(transport, ticket);
    this.#signalR = this.#open();
  }

  get state(): ReadonlySignal<ConnectionState> {
    return this.#state;
  }

  on<M extends MessageName>(message: M, handler: Messages[M]): void {
    const known = handler as Handler;
    this.#handlers.push([messageOnWire[message], known]);
    this.#signalR.on(messageOnWire[message], known);
  }

  invoke<T>(method: string, ...args: unknown[]): Promise<T> {
    return this.#signalR.invoke<T>(method, ...args);
  }

  get connected(): boolean {
    return this.#signalR.state === HubConnectionState.Connected;
  }

  start(): void {
    if (this.#started) return;
    this.#started = true;
    globalThis.addEventListener?.("online", this.#wake);
    globalThis.addEventListener?.("offline", this.#drop);
    globalThis.document?.addEventListener("visibilitychange", this.#wake);
    void this.#connect();
  }

  /** For good. */
  stop(): void {
    this.#started = false;
    this.#state.value = "closed";
    globalThis.removeEventListener?.("online", this.#wake);
    globalThis.removeEventListener?.("offline", this.#drop);
    globalThis.document?.removeEventListener("visibilitychange", this.#wake);
    this.#retryNow();
    void this.#signalR.stop();
  }

  /** Resolves when the connection is live (at once if it is). */
  whenLive(): Promise<void> {
    if (this.#state.peek() === "live") return Promise.resolve();
    return new Promise((done) => this.#waiters.add(done));
  }

  /** Enters again on the same connection: a gap was noticed. */
  async enterAgain(): Promise<void> {
    if (this.connected) await this.#enterNow();
  }

  /** The network is back, or the page is looked at again: do not wait for the next try. */
  #wake = (): void => {
    if (globalThis.document?.visibilityState !== "hidden") this.#retryNow();
  };

  /** The device says it has no network at all: do not wait half a minute to notice. */
  #drop = (): void => {
    void this.#signalR.stop();
  };

  async #connect(): Promise<void> {
    if (this.#connecting) return;
    this.#connecting = true;
    while (this.#started && !this.connected) {
      if (this.#state.peek() === "live") this.#state.value = "offline";
      this.#resetTransport();
      try {
        await this.#startSomehow();
        await this.#enterNow();
      } catch {
        if (this.#byCookie) lost.value++;
        if (this.#attempt > 0) this.#state.value = "offline";
        await this.#pause(backoff(this.#attempt++));
      }
    }
    this.#connecting = false;
  }

  /** By the first transport that works. */
  async #startSomehow(): Promise<void> {
    for (;;) {
      const transport = this.#transports.current;
      try {
        await startInTime(this.#signalR, transport);
        return this.#transports.succeeded();
      } catch (error) {
        const tryNext = this.#transports.failed(isUnreachable(error));
        if (this.#transports.current !== transport) this.#signalR = this.#open();
        if (!tryNext || !this.#started) throw error;
      }
    }
  }

  #resetTransport(): void {
    const transport = this.#transports.current;
    this.#transports.reset();
    if (this.#transports.current !== transport) this.#signalR = this.#open();
  }

  /** A SignalR connection keeps its transport for life: another transport is another connection, with the same handlers. */
  #open(): SignalR {
    const signalR = this.#create(this.#transports.current);
    for (const [message, handler] of this.#handlers) signalR.on(message, handler);
    signalR.onclose(() => {
      if (this.#started) void this.#connect();
    });
    return signalR;
  }

  async #enterNow(): Promise<void> {
    try {
      for (;;) {
        const entered = await this.#enter();
        if (entered === "stop") return this.stop();
        if (entered === "live") break;
        await sleep(3000);
        if (!this.#started || !this.connected) return;
      }
      this.#attempt = 0;
      this.#state.value = "live";
      for (const done of this.#waiters) done();
      this.#waiters.clear();
    } catch (error) {
      // The connection is up and entering failed: close it, and come again after a while.
      await this.#signalR.stop().catch(() => {});
      throw error;
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((done) => {
      const timer = setTimeout(done, ms);
      this.#retryNow = () => {
        clearTimeout(timer);
        done();
      };
    });
  }
}
