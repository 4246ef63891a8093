// A live lesson as one screen has it: the view, the texts, the outbox. Students, boards and helpers have a ticket, teachers a cookie.
import { type ReadonlySignal, signal } from "@preact/signals";
import { setServerNow } from "../connection/clock";
import { Connection, type ConnectionState, type Entered } from "../connection/connection";
import { held } from "../connection/lost";
import { Outbox } from "../connection/outbox";
import { rememberedTransport } from "../connection/remembered";
import { createSignalR } from "../connection/signalr";
import { openStorage } from "../connection/storage";
import { methods } from "../protocol/messages";
import type { Refusal, StrokePart, SyncReply, Variant } from "../protocol/types";
import { Store } from "./store";
import { TextReader } from "./textReader";
import { Texts } from "./texts";

export interface Lesson {
  readonly classroomId: string;
  readonly store: Store;
  readonly texts: Texts;
  readonly outbox: Outbox;
  readonly state: ReadonlySignal<ConnectionState>;
  /** Why this screen may not come in: device-waiting and entrance-waiting (ask again by themselves), no-seat, no-such-classroom... */
  readonly refusal: ReadonlySignal<Refusal | undefined>;
  /** Why the server closed this screen: removed, replaced, a board unpaired, a helper dismissed. It may not come back. */
  readonly closed: ReadonlySignal<string | undefined>;
  /** Teacher, students and helpers: false while the server can store nothing, whoever is acting. */
  readonly saves: ReadonlySignal<boolean>;
  /** The server opens nothing until somebody has put its database right. */
  readonly held: ReadonlySignal<boolean>;
  /** Teacher: students and helpers connected just now. A helper: students and boards of its room. */
  readonly present: ReadonlySignal<ReadonlySet<string>>;
  /** Whether a model serves this server at all. */
  readonly hasModel: ReadonlySignal<boolean>;
  /** Whether a model writes explanations here and now; else it is the kit author's prepared text. */
  readonly modelWrites: ReadonlySignal<boolean>;
  /** The screen shows this explanation in this variant: its text is fetched now and after every reconnect. */
  read(explanationId: string, variant: Variant): void;
  /** What this screen comes in with; undefined for people with a cookie. */
  readonly ticket: string | undefined;
  /** A board's own id, once it is in. */
  readonly boardId: ReadonlySignal<string | undefined>;
  /** Boards: whoever shows ink sets it, and is told what is drawn just now. */
  onStroke: ((part: StrokePart) => void) | undefined;
  /** A board that draws: points for the others, which nobody keeps. Rejects without a connection. */
  sketch(part: StrokePart): Promise<void>;
  leave(): void;
}

/** What `Sync` refuses for good. Everything else is tried again. */
const final = new Set([
  "no-seat",
  "no-such-classroom",
  "wrong-role",
  "foreign-classroom",
  "device-unknown",
  "device-refused",
  "not-let-in",
  "was-forgotten",
  "lesson-ended",
  "board-unpaired",
  "helper-dismissed",
  "bad-id",
]);

/**
 * @param scope whose commands the outbox keeps: `seat/{studentId}`, `teacher/{name}`, `board`, `helper`
 * @param student whose ticket it is
 * @param create a test's own connections
 */
export function enterLesson(classroomId: string, scope: string, ticket?: string, student?: string, create = createSignalR): Lesson {
  const store = new Store();
  const texts = new Texts();
  const refusal = signal<Refusal | undefined>(undefined);
  const closed = signal<string | undefined>(undefined);
  const present = signal<ReadonlySet<string>>(new Set());
  const saves = signal(true);
  const modelWrites = signal(false);
  const hasModel = signal(false);
  const boardId = signal<string | undefined>(undefined);

  const connection = new Connection(enter, ticket === undefined ? undefined : () => ticket, create, rememberedTransport);
  const outbox = new Outbox(`${scope}/${classroomId}`, openStorage(), connection);
  const reader = new TextReader(store, texts, {
    invoke: (method, ...args) => connection.invoke(method, ...args),
    live: () => connection.state.peek() === "live",
  });
  const stop = () => {
    reader.stop();
    outbox.stop();
    connection.stop();
  };

  connection.on("snapshot", (seq, entities) => {
    store.snapshot(seq, entities);
    reader.viewChanged();
    updateModelWrites();
  });
  connection.on("patch", (from, seq, changes) => {
    const whole = store.patch(from, seq, changes);
    reader.viewChanged();
    if (!whole) void connection.enterAgain().catch(() => {});
    updateModelWrites();
  });
  connection.on("text", (...text) => reader.received(...text));
  connection.on("stroke", (part) => lesson.onStroke?.(part));
  connection.on("presence", (ids) => {
    present.value = new Set(ids);
  });
  connection.on("saving", (works) => {
    saves.value = works;
  });
  connection.on("closed", (code) => {
    closed.value = code;
    stop();
  });

  function updateModelWrites(): void {
    modelWrites.value = hasModel.value && (store.cell("pace").peek()?.aiOn ?? true);
  }

  async function enter(): Promise<Entered> {
    // The server says so again if it still cannot.
    saves.value = true;
    // On a phone that was another child's in between, what is here is that one's.
    const whose = store.cell("me").peek()?.studentId;
    const seq = student === undefined || whose === undefined || whose === student ? store.seq : 0;
    const reply = await connection.invoke<SyncReply>(methods.sync, classroomId, seq);
    refusal.value = reply.refusal;
    // A refusal carries neither the server's clock nor its model.
    if (reply.refusal) return final.has(reply.refusal.code) ? "stop" : "wait";
    setServerNow(reply.now);
    hasModel.value = reply.hasModel;
    boardId.value = reply.boardId;
    updateModelWrites();
    reader.entered();
    return "live";
  }

  const lesson: Lesson = {
    classroomId,
    store,
    texts,
    outbox,
    state: connection.state,
    refusal,
    closed,
    present,
    saves,
    held,
    hasModel,
    modelWrites,
    read: (explanationId, variant) => reader.open(explanationId, variant),
    ticket,
    boardId,
    onStroke: undefined,
    sketch: async (part) => {
      if (connection.state.peek() !== "live") throw new Error("connection-lost");
      await connection.invoke(methods.sketch, part);
    },
    leave: stop,
  };
  void outbox.restore();
  connection.start();
  return lesson;
}
