// Where unsent commands wait: IndexedDB, or this page's memory where there is none (private windows).

/** A command as it waits: `scope` is one person in one lesson, `key` is what a later command would replace, `for` whom of a shared phone it is for. */
export type StoredCommand = {
  scope: string;
  order: number;
  commandId: string;
  name: string;
  fields: unknown;
  key?: string;
  for?: readonly string[];
};

export interface CommandStorage {
  load(scope: string): Promise<StoredCommand[]>;
  put(command: StoredCommand): Promise<void>;
  remove(commandId: string): Promise<void>;
}

export function openStorage(): CommandStorage {
  const memory = new Map<string, StoredCommand>();
  let database: Promise<IDBDatabase> | undefined;

  function open(): Promise<IDBDatabase> {
    database ??= new Promise((done, fail) => {
      const request = indexedDB.open("ortaq", 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("outbox", { keyPath: "commandId" }).createIndex("scope", "scope");
      };
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
      request.onblocked = () => fail(new Error("blocked"));
    });
    return database;
  }

  async function run<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    const transaction = (await open()).transaction("outbox", mode);
    const request = act(transaction.objectStore("outbox"));
    return new Promise((done, fail) => {
      transaction.oncomplete = () => done(request.result);
      transaction.onerror = () => fail(transaction.error);
      transaction.onabort = () => fail(transaction.error);
    });
  }

  return {
    async load(scope) {
      try {
        return await run("readonly", (s) => s.index("scope").getAll(scope) as IDBRequest<StoredCommand[]>);
      } catch {
        return [...memory.values()].filter((c) => c.scope === scope);
      }
    },
    async put(command) {
      try {
        await run("readwrite", (s) => s.put(command));
      } catch {
        memory.set(command.commandId, command);
      }
    },
    async remove(commandId) {
      memory.delete(commandId);
      await run("readwrite", (s) => s.delete(commandId)).catch(() => {});
    },
  };
}
