// A lesson without a server, for components: entities as given, and every command that is sent.
import { type Signal, signal } from "@preact/signals";
import { Outbox } from "../src/connection/outbox";
import type { Lesson } from "../src/lesson/lesson";
import { Store } from "../src/lesson/store";
import { Texts } from "../src/lesson/texts";
import type { Commands } from "../src/protocol/commands";
import type { Entities, EntityChange, Kind, Reply } from "../src/protocol/types";

export const entity = <K extends Kind>(k: K, id: string, v: Entities[K]): EntityChange => ({ k, id, v }) as EntityChange;

export type FakeLesson = Lesson & {
  /** Commands in the order they were sent. */
  sent: { [N in keyof Commands]: { name: N; fields: Commands[N]; for?: string[] } }[keyof Commands][];
  /** The server's reply to a command; undefined: none comes. */
  reply: Reply | undefined;
  hasModel: Signal<boolean>;
  modelWrites: Signal<boolean>;
};

export function fakeLesson(entities: EntityChange[] = [], present: string[] = [], modelWrites = false): FakeLesson {
  const store = new Store();
  store.snapshot(1, entities);
  const nowhere = { load: async () => [], put: async () => {}, remove: async () => {} };
  const sent: FakeLesson["sent"] = [];
  const connection = {
    connected: true,
    whenLive: async () => {},
    invoke: async <T>(_execute: string, call: unknown): Promise<T> => {
      const { name, fields, for: children } = call as FakeLesson["sent"][number];
      sent.push({ name, fields, ...(children ? { for: children } : {}) } as FakeLesson["sent"][number]);
      return lesson.reply ? (lesson.reply as T) : new Promise<never>(() => {});
    },
  };
  const lesson: FakeLesson = {
    classroomId: "c",
    store,
    texts: new Texts(),
    outbox: new Outbox("s", nowhere, connection),
    state: signal("live" as const),
    refusal: signal(undefined),
    closed: signal(undefined),
    present: signal<ReadonlySet<string>>(new Set(present)),
    saves: signal(true),
    held: signal(false),
    hasModel: signal(modelWrites),
    modelWrites: signal(modelWrites),
    read: () => {},
    ticket: undefined,
    boardId: signal("b"),
    onStroke: undefined,
    sketch: async () => {},
    leave: () => {},
    sent,
    reply: { seq: 2 },
  };
  return lesson;
}
