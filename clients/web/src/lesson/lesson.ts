// One screen's end of a live lesson: the view, the texts, the way commands go. Students and boards have a ticket, teachers a cookie.
import { type ReadonlySignal, signal } from "@preact/signals";
import { setServerNow } from "../connection/clock";
import { type Arrival, Hub, type LinkState } from "../connection/connection";
import { Outbox, type Road } from "../connection/outbox";
import { openShelf } from "../connection/storage";
import type { Notice, Refusal, Variant, Welcome } from "../protocol/types";
import { Store } from "./store";
import { retold, Texts } from "./texts";
import { modelTells } from "./tutor";

export interface Lesson {
  readonly classroomId: string;
  readonly store: Store;
  readonly texts: Texts;
  readonly outbox: Outbox;
  readonly state: ReadonlySignal<LinkState>;
  /** Why this screen may not come in: device-waiting (asks again by itself), no-seat, no-such-classroom... */
  readonly refusal: ReadonlySignal<Refusal | undefined>;
  /** The screen's time is over: removed or replaced. */
  readonly closed: ReadonlySignal<string | undefined>;
  /** Teacher: false while the server can store nothing, whoever is acting. */
  readonly saves: ReadonlySignal<boolean>;
  /** Teacher: students connected just now. */
  readonly present: ReadonlySignal<ReadonlySet<string>>;
  /** The screen shows this explanation in this variant: its text is fetched now and after every reconnect. */
  read(explanationId: string, variant: Variant): void;
  leave(): void;
}

/** How many times a finished text that came short is asked for again. */
const patience = 20;

/** What `Enter` may refuse for good. Everything else is tried again. */
const final = new Set(["no-seat", "no-such-classroom", "wrong-role", "foreign-classroom", "device-unknown", "bad-id"]);

export function enterLesson(classroomId: string, scope: string, ticket?: string): Lesson {
  const store = new Store();
  const texts = new Texts();
  const refusal = signal<Refusal | undefined>(undefined);
  const closed = signal<string | undefined>(undefined);
  const present = signal<ReadonlySet<string>>(new Set());
  const saves = signal(true);
  const reading = new Map<string, Variant>();

  const hub = new Hub(arrive, ticket === undefined ? undefined : () => ticket);
  const road: Road = hub;
  const outbox = new Outbox(`${scope}/${classroomId}`, openShelf(), road);

  let hasModel = false;
  const judge = () => {
    modelTells.value = hasModel && (store.one("pace")?.aiOn ?? true);
  };
  hub.on("Snapshot", (seq: number, notices: Notice[]) => {
    changing(() => store.snapshot(seq, notices));
    judge();
  });
  hub.on("Notices", (from: number, seq: number, notices: Notice[]) => {
    if (!changing(() => store.notices(from, seq, notices))) void hub.again().catch(() => {});
    judge();
  });
  hub.on("Text", (id: string, variant: Variant, offset: number, chunk: string, ends: number[]) => {
    if (!texts.tell(id, variant, offset, chunk, ends)) fetch(id, variant);
    else settle(id, variant);
  });

  /** A text told anew replaces the one before it: it is read from its beginning. */
  function changing<T>(change: () => T): T {
    const before = store.peek("explanation");
    const done = change();
    const after = store.peek("explanation");
    if (after === before) return done;
    for (const [id, variant] of retold(before, after)) {
      texts.restart(id, variant);
      if (reading.get(id) === variant) fetch(id, variant);
    }
    for (const [id, variant] of reading) settle(id, variant);
    return done;
  }

  let asking: ReturnType<typeof setTimeout> | undefined;
  const asked = new Map<string, number>();
  /** A text told to its end stands whole, or is asked for again: right after a release the teller may not know of it yet. */
  function settle(id: string, variant: Variant): void {
    const state = store
      .peek("explanation")
      .get(id)
      ?.variants.find((v) => v.variant === variant);
    if (!state || (state.status !== "finished" && state.status !== "failed")) return;
    if (texts.settle(id, variant, state.length) || reading.get(id) !== variant) return;
    const times = (asked.get(id + variant) ?? 0) + 1;
    if (times > patience) return;
    asked.set(id + variant, times);
    clearTimeout(asking);
    asking = setTimeout(() => reading.get(id) === variant && hub.state.peek() === "live" && fetch(id, variant), 500);
  }
  hub.on("Presence", (ids: string[]) => {
    present.value = new Set(ids);
  });
  hub.on("Saving", (works: boolean) => {
    saves.value = works;
  });
  hub.on("Closed", (code: string) => {
    closed.value = code;
    outbox.stop();
    hub.stop();
  });

  async function arrive(): Promise<Arrival> {
    // The server says so again if it still cannot.
    saves.value = true;
    const welcome = await hub.invoke<Welcome>("Enter", classroomId, store.seq);
    setServerNow(welcome.now);
    hasModel = welcome.hasModel ?? false;
    judge();
    refusal.value = welcome.refusal;
    if (welcome.refusal) return final.has(welcome.refusal.code) ? "stop" : "wait";
    for (const [id, variant] of reading) {
      texts.restart(id, variant);
      fetch(id, variant);
    }
    return "live";
  }

  function fetch(id: string, variant: Variant): void {
    void hub.invoke("ReadText", id, variant, texts.from(id, variant)).catch(() => {});
  }

  void outbox.restore();
  hub.start();
  return {
    classroomId,
    store,
    texts,
    outbox,
    state: hub.state,
    refusal,
    closed,
    present,
    saves,
    read(explanationId, variant) {
      // A screen follows one explanation at a time; an older one that was read stays in `texts`.
      if (reading.get(explanationId) === variant) return;
      reading.clear();
      reading.set(explanationId, variant);
      if (hub.state.peek() === "live") fetch(explanationId, variant);
      settle(explanationId, variant);
    },
    leave() {
      clearTimeout(asking);
      outbox.stop();
      hub.stop();
    },
  };
}
