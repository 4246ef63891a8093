// A SignalR connection that never gives up. Whom it speaks for, and what to say on arrival, is its owner's.
import { HubConnectionBuilder, HubConnectionState, LogLevel } from "@microsoft/signalr";
import { type ReadonlySignal, signal } from "@preact/signals";
import { backoff, sleep } from "./ids";

export type LinkState = "connecting" | "live" | "offline" | "closed";
/** `live`: welcome. `wait`: not yet, arrive again in 3 s. `stop`: never again. */
export type Arrival = "live" | "wait" | "stop";

export class Hub {
  #state = signal<LinkState>("connecting");
  #connection;
  #running = false;
  #looping = false;
  #attempt = 0;
  #wake: () => void = () => {};
  #ups = new Set<() => void>();
  #arrive: () => Promise<Arrival>;

  /** @param ticket absent for people with a cookie */
  constructor(arrive: () => Promise<Arrival>, ticket?: () => string) {
    this.#arrive = arrive;
    this.#connection = new HubConnectionBuilder()
      .withUrl("/hubs/classroom", ticket ? { accessTokenFactory: ticket } : {})
      .configureLogging(LogLevel.None)
      .build();
    this.#connection.onclose(() => {
      if (this.#running) void this.#run();
    });
  }

  get state(): ReadonlySignal<LinkState> {
    return this.#state;
  }

  on(message: string, handler: (...args: never[]) => void): void {
    this.#connection.on(message, handler as (...args: unknown[]) => void);
  }

  invoke<T>(method: string, ...args: unknown[]): Promise<T> {
    return this.#connection.invoke<T>(method, ...args);
  }

  get connected(): boolean {
    return this.#connection.state === HubConnectionState.Connected;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    globalThis.addEventListener?.("online", this.#hurry);
    globalThis.addEventListener?.("offline", this.#drop);
    globalThis.document?.addEventListener("visibilitychange", this.#hurry);
    void this.#run();
  }

  /** For good: this screen's time is over. */
  stop(): void {
    this.#running = false;
    this.#state.value = "closed";
    globalThis.removeEventListener?.("online", this.#hurry);
    globalThis.removeEventListener?.("offline", this.#drop);
    globalThis.document?.removeEventListener("visibilitychange", this.#hurry);
    this.#wake();
    void this.#connection.stop();
  }

  /** Resolves when the link is live (at once if it is). */
  up(): Promise<void> {
    if (this.#state.peek() === "live") return Promise.resolve();
    return new Promise((done) => this.#ups.add(done));
  }

  /** Arrive again on the same connection: a gap was noticed. */
  async again(): Promise<void> {
    if (this.connected) await this.#welcome();
  }

  #hurry = (): void => {
    if (globalThis.document?.visibilityState !== "hidden") this.#wake();
  };

  /** The device says it has no network at all: do not wait half a minute to notice. */
  #drop = (): void => {
    void this.#connection.stop();
  };

  async #run(): Promise<void> {
    if (this.#looping) return;
    this.#looping = true;
    if (this.#state.peek() === "live") this.#state.value = "offline";
    while (this.#running && !this.connected) {
      try {
        await this.#connection.start();
        await this.#welcome();
      } catch {
        if (this.#attempt > 0) this.#state.value = "offline";
        await this.#pause(backoff(this.#attempt++));
      }
    }
    this.#looping = false;
  }

  async #welcome(): Promise<void> {
    try {
      for (;;) {
        const arrival = await this.#arrive();
        if (arrival === "stop") return this.stop();
        if (arrival === "live") break;
        await sleep(3000);
        if (!this.#running || !this.connected) return;
      }
      this.#attempt = 0;
      this.#state.value = "live";
      for (const done of this.#ups) done();
      this.#ups.clear();
    } catch (error) {
      // Entering failed on a connection that stands: close it, and come again after a while.
      await this.#connection.stop().catch(() => {});
      throw error;
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((done) => {
      const timer = setTimeout(done, ms);
      this.#wake = () => {
        clearTimeout(timer);
        done();
      };
    });
  }
}
