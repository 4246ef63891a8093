// A SignalR connection that never gives up. Whom it speaks for, and what to say on arrival, is its owner's.
import { HubConnectionState } from "@microsoft/signalr";
import { type ReadonlySignal, signal } from "@preact/signals";
import { backoff, sleep } from "./ids";
import { dial, type Line, line, nobodyThere } from "./signalr";
import { type Road, Roads } from "./transports";

export type LinkState = "connecting" | "live" | "offline" | "closed";
/** `live`: welcome. `wait`: not yet, arrive again in 3 s. `stop`: never again. */
export type Arrival = "live" | "wait" | "stop";

export class Hub {
  #state = signal<LinkState>("connecting");
  #roads = new Roads("WebSocket" in globalThis);
  #handlers: [message: string, handler: (...args: unknown[]) => void][] = [];
  #line: (road: Road) => Line;
  #connection: Line;
  #running = false;
  #looping = false;
  #attempt = 0;
  #wake: () => void = () => {};
  #ups = new Set<() => void>();
  #arrive: () => Promise<Arrival>;

  /**
   * @param ticket absent for people with a cookie
   * @param open a test's own lines
   */
  constructor(arrive: () => Promise<Arrival>, ticket?: () => string, open = line) {
    this.#arrive = arrive;
    this.#line = (road) => open(road, ticket);
    this.#connection = this.#open();
  }

  get state(): ReadonlySignal<LinkState> {
    return this.#state;
  }

  on(message: string, handler: (...args: never[]) => void): void {
    const known = handler as (...args: unknown[]) => void;
    this.#handlers.push([message, known]);
    this.#connection.on(message, known);
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
    while (this.#running && !this.connected) {
      if (this.#state.peek() === "live") this.#state.value = "offline";
      this.#begin();
      try {
        await this.#dial();
        await this.#welcome();
      } catch {
        if (this.#attempt > 0) this.#state.value = "offline";
        await this.#pause(backoff(this.#attempt++));
      }
    }
    this.#looping = false;
  }

  /** By the first road that leads there. */
  async #dial(): Promise<void> {
    for (;;) {
      const road = this.#roads.now;
      try {
        await dial(this.#connection, road);
        return this.#roads.worked();
      } catch (error) {
        const another = this.#roads.failed(nobodyThere(error));
        if (this.#roads.now !== road) this.#connection = this.#open();
        if (!another || !this.#running) throw error;
      }
    }
  }

  /** Back to the best road known. */
  #begin(): void {
    const road = this.#roads.now;
    this.#roads.lost();
    if (this.#roads.now !== road) this.#connection = this.#open();
  }

  /** A connection keeps its road for life: another road is another connection, with the same ears. */
  #open(): Line {
    const connection = this.#line(this.#roads.now);
    for (const [message, handler] of this.#handlers) connection.on(message, handler);
    connection.onclose(() => {
      if (this.#running) void this.#run();
    });
    return connection;
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
