// Commands on their way. In order, one at a time, with the same id until the server says they are durable or refuses them.
// Invariant: a command leaves the storage only after its reply came.
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { CommandName, Commands } from "../protocol/commands";
import { uuid7 } from "../protocol/ids";
import { commandCall } from "../protocol/messages";
import type { Refusal, Reply } from "../protocol/types";
import { backoff, sleep } from "./backoff";
import type { CommandStorage, StoredCommand } from "./storage";

export type SentState = "sending" | "waiting" | "saved" | "refused";
export type Sent = {
  commandId: string;
  name: CommandName;
  state: ReadonlySignal<SentState>;
  refusal: ReadonlySignal<Refusal | undefined>;
  /** Resolves with the final outcome: never rejects. */
  done: Promise<Reply>;
};

/** What the outbox needs of a connection. */
export interface CommandConnection {
  invoke<T>(method: string, ...args: unknown[]): Promise<T>;
  whenLive(): Promise<void>;
  readonly connected: boolean;
}

/** Refusals that are the server's trouble or the hurry of this page, not the command's fault: the same command is sent again. */
const retryable = new Set(["not-saved", "try-again", "too-fast", "not-entered", "device-waiting"]);
export const isRetryable = (refusal: Refusal | undefined): boolean => refusal !== undefined && retryable.has(refusal.code);
/** Errors while connected after which a command is given up, so that it cannot block those behind it. */
const maxErrors = 12;
/** What the hub says of a call that it cannot make: this page is older than the server, and the next try would be the same. */
const unreadable: ReadonlySet<string> = new Set(["unknown-command", "bad-json"]);

/** Nobody pressed anything: not counted as unsent, and a refusal is no news. */
const silent: ReadonlySet<string> = new Set(["KeepTyped"]);

type Entry = StoredCommand & {
  state: Signal<SentState>;
  refusal: Signal<Refusal | undefined>;
  resolve: (r: Reply) => void;
  sent: Sent;
  inFlight: boolean;
  /** An earlier page left it behind. */
  late: boolean;
  /** When it was pressed, by the clock that runs; a page that came later does not know. */
  since: number | undefined;
};

export class Outbox {
  /** Commands without a reply. */
  readonly unsent = signal(0);
  /** The last refusal, for a toast. */
  readonly refused = signal<
    | {
        name: CommandName;
        refusal: Refusal;
        late: boolean;
        fields?: unknown;
        key?: string | undefined;
        for?: readonly string[] | undefined;
      }
    | undefined
  >(undefined);
  /** Some command has been waiting for a connection or for another try. */
  readonly waiting = signal(false);

  /** Resolves once what an earlier page left is in the queue. */
  restored: Promise<void> = Promise.resolve();

  #queue: Entry[] = [];
  #changes = signal(0);
  #order = Date.now();
  #sending = false;
  #stopped = false;

  constructor(
    private readonly scope: string,
    private readonly storage: CommandStorage,
    private readonly connection: CommandConnection,
    private readonly pause: (ms: number) => Promise<void> = sleep,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** What an earlier page left behind goes first. */
  restore(): Promise<void> {
    this.restored = this.#restore();
    return this.restored;
  }

  async #restore(): Promise<void> {
    const left = await this.storage.load(this.scope).catch(() => []);
    const known = new Set(this.#queue.map((e) => e.commandId));
    const old = left.filter((c) => !known.has(c.commandId)).sort((a, b) => a.order - b.order);
    this.#queue.unshift(...old.map((c) => this.#entry(c, true)));
    this.#count();
    void this.#sendAll();
  }

  /**
   * @param key a later command with the same key replaces one that has not been sent yet (drafts, answers, tempo)
   * @param children for whom of those who share this phone it is; undefined: for whose ticket it is
   */
  send<N extends CommandName>(name: N, fields: Commands[N], key?: string, children?: readonly string[]): Sent {
    if (key) this.#supersede(key);
    const stored = {
      scope: this.scope,
      order: ++this.#order,
      commandId: uuid7(),
      name,
      fields,
      ...(key ? { key } : {}),
      ...(children ? { for: children } : {}),
    };
    const entry = this.#entry(stored);
    this.#queue.push(entry);
    this.#count();
    void this.storage
      .put(stored)
      .catch(() => {})
      // The reply may have been faster than the storage.
      .then(() => (this.#queue.includes(entry) ? undefined : this.storage.remove(entry.commandId).catch(() => {})));
    void this.#sendAll();
    return entry.sent;
  }

  /** Commands of this name that have no reply yet, also those that an earlier page left. Reading it in a component follows them. */
  queued<N extends CommandName>(
    name: N,
  ): { fields: Commands[N]; key: string | undefined; for: readonly string[] | undefined; sent: Sent }[] {
    this.#changes.value;
    return this.#queue
      .filter((e) => e.name === name)
      .map((e) => ({ fields: e.fields as Commands[N], key: e.key, for: e.for, sent: e.sent }));
  }

  stop(): void {
    this.#stopped = true;
  }

  #entry(stored: StoredCommand, late = false): Entry {
    const state = signal<SentState>("sending");
    const refusal = signal<Refusal | undefined>(undefined);
    let resolve: (r: Reply) => void = () => {};
    const done = new Promise<Reply>((r) => {
      resolve = r;
    });
    const sent: Sent = { commandId: stored.commandId, name: stored.name as CommandName, state, refusal, done };
    return { ...stored, state, refusal, resolve, sent, inFlight: false, late, since: late ? undefined : this.now() };
  }

  #supersede(key: string): void {
    for (const entry of this.#queue.filter((e) => e.key === key && !e.inFlight)) {
      this.#finish(entry, "saved", { seq: 0 });
    }
  }

  async #sendAll(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    for (let entry = this.#queue[0]; entry && !this.#stopped; entry = this.#queue[0]) {
      const reply = await this.#deliver(entry);
      if (!reply) break;
      if (reply.refusal) {
        if (!silent.has(entry.sent.name))
          this.refused.value = {
            name: entry.sent.name,
            refusal: reply.refusal,
            late: entry.late,
            fields: entry.fields,
            key: entry.key,
            for: entry.for,
          };
        this.#finish(entry, "refused", reply);
      } else this.#finish(entry, "saved", reply);
    }
    this.#sending = false;
  }

  async #deliver(entry: Entry): Promise<Reply | undefined> {
    let errors = 0;
    for (let attempt = 0; !this.#stopped; attempt++) {
      if (!this.connection.connected) this.#wait(entry);
      await this.connection.whenLive();
      if (!this.#queue.includes(entry)) return { seq: 0 };
      entry.inFlight = true;
      try {
        const reply = await this.connection.invoke<Reply>(
          ...commandCall(entry.sent.name, entry.commandId, entry.fields, this.#waitOf(entry), entry.for),
        );
        if (!isRetryable(reply.refusal)) return reply;
      } catch (error) {
        const code = error instanceof Error ? error.message : "";
        if (unreadable.has(code)) return { seq: 0, refusal: { code } };
        if (this.connection.connected && ++errors >= maxErrors) return { seq: 0, refusal: { code: "not-saved" } };
      }
      entry.inFlight = false;
      this.#wait(entry);
      await this.pause(backoff(attempt));
      if (!this.#queue.includes(entry)) return { seq: 0 };
    }
    return undefined;
  }

  /** What the person has waited before this try; less than a second is not worth a word. */
  #waitOf(entry: Entry): number | undefined {
    const waited = entry.since === undefined ? 0 : Math.round(this.now() - entry.since);
    return waited >= 1000 ? waited : undefined;
  }

  #wait(entry: Entry): void {
    entry.state.value = "waiting";
    this.waiting.value = true;
  }

  #finish(entry: Entry, state: "saved" | "refused", reply: Reply): void {
    const at = this.#queue.indexOf(entry);
    if (at < 0) return;
    this.#queue.splice(at, 1);
    entry.refusal.value = reply.refusal;
    entry.state.value = state;
    this.#count();
    entry.resolve(reply);
    void this.storage.remove(entry.commandId).catch(() => {});
  }

  #count(): void {
    this.#changes.value = this.#changes.peek() + 1;
    this.unsent.value = this.#queue.filter((e) => !silent.has(e.name)).length;
    if (this.#queue.length === 0) this.waiting.value = false;
  }
}
