// A connection to the hub that reconnects for ever. Whom it speaks for, and what is said on entering, is its owner's.
// A line may die without a word: whatever makes one think so (the page is looked at again, the network is back, a call without a reply) asks the
// server at once, and where it does not answer the connection is given up for a fresh one. Nothing of a connection that was given up is waited for.
import { HubConnectionState } from "@microsoft/signalr";
import { type ReadonlySignal, signal } from "@preact/signals";
import { type MessageName, type Messages, messageOnWire, methods } from "../protocol/messages";
import { api } from "./api";
import { backoff, sleep } from "./backoff";
import { held, lost } from "./lost";
import { createSignalR, isUnreachable, type SignalR, startInTime } from "./signalr";
import { type RememberedTransport, type Transport, Transports } from "./transports";

export type ConnectionState = "connecting" | "live" | "offline" | "closed";
/** `live`: the server let us in. `wait`: not yet, ask again in 3 s. `stop`: never again. */
export type Entered = "live" | "wait" | "stop";

type Handler = (...args: unknown[]) => void;

/** A call that has no reply for so long asks whether the line is alive. */
const replyTakes = 2000;
/** No answer to that for so long, and it is dead. A line by satellite or an old phone network takes a second and a half. */
const probeTakes = 2500;
/** A try that is younger than this was begun by the same waking. */
const sameWaking = 1000;
/** What was live for less did not hold: the next try waits its turn. */
const holds = 2000;

/** One connection that was opened, until it is over. */
type Line = { signalR: SignalR; over: Promise<void>; end: () => void; isOver: boolean };

export class Connection {
  #state = signal<ConnectionState>("connecting");
  #transports: Transports;
  #handlers: [message: string, handler: Handler][] = [];
  #create: (transport: Transport) => SignalR;
  #line: Line;
  #started = false;
  #retryNow: () => void = () => {};
  #waiters = new Set<() => void>();
  #enter: () => Promise<Entered>;
  #byCookie: boolean;
  #probing = false;
  #asks = false;
  #startedAt = 0;
  #hurries = false;
  #wasLive = false;

  /**
   * @param enter called on each new connection, before it counts as live
   * @param ticket absent for people with a cookie
   * @param create a test's own connections
   * @param remembered by which transport the server was reached from this network
   */
  constructor(enter: () => Promise<Entered>, ticket?: () => string, create = createSignalR, remembered?: RememberedTransport) {
    this.#enter = enter;
    this.#byCookie = ticket === undefined;
    this.#create = (transport) => create(transport, ticket);
    this.#transports = new Transports("WebSocket" in globalThis, remembered);
    this.#line = this.#open();
  }

  get state(): ReadonlySignal<ConnectionState> {
    return this.#state;
  }

  on<M extends MessageName>(message: M, handler: Messages[M]): void {
    const known = handler as Handler;
    this.#handlers.push([messageOnWire[message], known]);
    this.#hear(this.#line, messageOnWire[message], known);
  }

  /** Rejects when the line it went by is given up: whether the server has it is not known. */
  async invoke<T>(method: string, ...args: unknown[]): Promise<T> {
    const line = this.#line;
    const suspicion = setTimeout(() => void this.#probe(line), replyTakes);
    try {
      return await Promise.race([line.signalR.invoke<T>(method, ...args), gone(line)]);
    } finally {
      clearTimeout(suspicion);
    }
  }

  get connected(): boolean {
    return !this.#line.isOver && this.#line.signalR.state === HubConnectionState.Connected;
  }

  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#listen("addEventListener");
    void this.#run();
  }

  /** For good. */
  stop(): void {
    this.#started = false;
    this.#state.value = "closed";
    this.#listen("removeEventListener");
    this.#retryNow();
    this.#giveUp(this.#line);
  }

  /** Resolves when the connection is live (at once if it is). */
  whenLive(): Promise<void> {
    if (this.#state.peek() === "live") return Promise.resolve();
    return new Promise((done) => this.#waiters.add(done));
  }

  /** Enters again on the same connection: a gap was noticed. */
  async enterAgain(): Promise<void> {
    if (this.connected) await this.#enterNow(this.#line);
  }

  #listen(how: "addEventListener" | "removeEventListener"): void {
    for (const event of ["online", "focus", "pageshow"]) globalThis[how]?.(event, this.#wake);
    globalThis[how]?.("offline", this.#drop);
    globalThis.document?.[how]("visibilitychange", this.#looked);
    // A phone that froze the page says so where it can.
    globalThis.document?.[how]("resume", this.#wake);
  }

  #looked = (): void => {
    this.#tellVisible();
    this.#wake();
  };

  /** The network is back, or the page is looked at again: ask at once, and do not wait for the next try. */
  #wake = (): void => {
    if (!isVisible()) return;
    if (this.connected) void this.#probe(this.#line);
    else if (!this.#line.isOver && performance.now() - this.#startedAt > sameWaking) {
      // What was begun before may wait for a network that is no more.
      this.#hurries = true;
      this.#giveUp(this.#line);
    }
    this.#retryNow();
  };

  /** The device says it has no network at all: do not wait to notice. */
  #drop = (): void => this.#giveUp(this.#line);

  /** A page that is not looked at may be asleep, and is waited for longer: its silence is no dead screen. */
  #tellVisible(): void {
    if (this.connected) void this.#line.signalR.invoke(methods.ping, isVisible()).catch(() => {});
  }

  async #probe(line: Line): Promise<void> {
    if (this.#probing || line.isOver || !this.connected || line !== this.#line) return;
    this.#probing = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tooLate = new Promise<never>((_, late) => {
      timer = setTimeout(late, probeTakes);
    });
    try {
      await Promise.race([line.signalR.invoke(methods.ping, isVisible()), tooLate, gone(line)]);
    } catch {
      this.#giveUp(line);
    }
    clearTimeout(timer);
    this.#probing = false;
  }

  async #run(): Promise<void> {
    for (let attempt = 0; this.#started; ) {
      if (this.#line.isOver) {
        this.#transports.reset();
        this.#line = this.#open();
      }
      try {
        // A line that has worked is not slow, it is away: what waits longer finds it later.
        await this.#startSomehow(this.#wasLive ? 0 : attempt);
        const live = await this.#enterNow(this.#line);
        const since = performance.now();
        await this.#line.over;
        if (live && performance.now() - since >= holds) attempt = 0;
        else if (live) throw new Error("connection-lost");
      } catch {
        if (!this.#started) return;
        if (this.#byCookie) lost.value++;
        // The hub's own refusal does not come through: a request that fails alike says why. One at a time: thirty phones share an address.
        else if (attempt > 0) this.#askWhy();
        if (attempt > 0 || this.#state.peek() === "live") this.#state.value = "offline";
        await this.#pause(backoff(attempt++));
      }
      if (this.#started && this.#state.peek() === "live") this.#state.value = "offline";
    }
  }

  #askWhy(): void {
    if (this.#asks) return;
    this.#asks = true;
    void api
      .session()
      .catch(() => {})
      .finally(() => {
        this.#asks = false;
      });
  }

  /** By the first transport that works. */
  async #startSomehow(attempt: number): Promise<void> {
    for (;;) {
      const transport = this.#transports.current;
      this.#startedAt = performance.now();
      try {
        await Promise.race([startInTime(this.#line.signalR, transport, attempt), gone(this.#line)]);
        return this.#transports.succeeded();
      } catch (error) {
        // Given up from outside, it says nothing about the transport.
        const tryNext = !this.#line.isOver && this.#transports.failed(isUnreachable(error));
        this.#giveUp(this.#line);
        if (!tryNext || !this.#started) throw error;
        this.#line = this.#open();
      }
    }
  }

  /** Each try has a connection of its own, with the same handlers: what comes of an older one is not heard. */
  #open(): Line {
    let end: () => void = () => {};
    const over = new Promise<void>((done) => {
      end = done;
    });
    const line: Line = { signalR: this.#create(this.#transports.current), over, isOver: false, end: () => {} };
    line.end = () => {
      line.isOver = true;
      end();
    };
    for (const [message, handler] of this.#handlers) this.#hear(line, message, handler);
    line.signalR.onclose(line.end);
    return line;
  }

  #hear(line: Line, message: string, handler: Handler): void {
    line.signalR.on(message, (...args: unknown[]) => {
      if (line === this.#line && !line.isOver) handler(...args);
    });
  }

  #giveUp(line: Line): void {
    line.end();
    void line.signalR.stop().catch(() => {});
  }

  /** @returns whether it is live: false when it was lost while it waited to be let in */
  async #enterNow(line: Line): Promise<boolean> {
    try {
      for (;;) {
        const entered = await this.#enter();
        if (entered === "stop") {
          this.stop();
          return false;
        }
        if (entered === "live") break;
        await sleep(3000);
        if (!this.#started || line.isOver) return false;
      }
      this.#wasLive = true;
      // A server that lets in is not held any more; what is lost later is the network.
      held.value = false;
      this.#state.value = "live";
      // Who has promised nothing is waited for as long as a page that sleeps.
      this.#tellVisible();
      for (const done of this.#waiters) done();
      this.#waiters.clear();
      return true;
    } catch (error) {
      // The connection is up and entering failed: close it, and come again after a while.
      this.#giveUp(line);
      throw error;
    }
  }

  #pause(ms: number): Promise<void> {
    const wait = this.#hurries ? 0 : ms;
    this.#hurries = false;
    return new Promise((done) => {
      const timer = setTimeout(done, wait);
      this.#retryNow = () => {
        clearTimeout(timer);
        done();
      };
    });
  }
}

const isVisible = (): boolean => globalThis.document?.visibilityState !== "hidden";

const gone = (line: Line): Promise<never> =>
  line.over.then(() => {
    throw new Error("connection-lost");
  });
