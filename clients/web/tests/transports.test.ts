import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Connection } from "../src/connection/connection";
import type { SignalR } from "../src/connection/signalr";
import { type Transport, Transports } from "../src/connection/transports";
import { messageOnWire } from "../src/protocol/messages";

/** What is tried, in order, until it is time to wait. */
function tried(transports: Transports, unreachable: (transport: Transport) => boolean = () => false): Transport[] {
  const list: Transport[] = [];
  do list.push(transports.current);
  while (transports.failed(unreachable(transports.current)));
  return list;
}

test("a WebSocket comes first, then each transport that does without, at once", () => {
  const transports = new Transports(true);
  assert.deepEqual(tried(transports), ["webSocket", "serverSentEvents", "longPolling"]);
  assert.equal(transports.current, "webSocket", "after a wait it begins anew");
});

test("a browser without WebSockets does not try one", () => {
  const transports = new Transports(false);
  assert.deepEqual(tried(transports), ["serverSentEvents", "longPolling"]);
  assert.equal(transports.current, "serverSentEvents");
});

test("a server that one transport cannot reach is not tried by another", () => {
  const transports = new Transports(true);
  assert.deepEqual(
    tried(transports, (transport) => transport !== "webSocket"),
    ["webSocket", "serverSentEvents"],
  );
  assert.equal(transports.current, "webSocket");
});

test("where no WebSocket ever worked, a reconnect begins with what worked last", () => {
  const transports = new Transports(true);
  transports.failed(false);
  transports.succeeded();
  transports.reset();
  assert.equal(transports.current, "serverSentEvents");
  transports.failed(false);
  transports.succeeded();
  transports.reset();
  assert.equal(transports.current, "longPolling");
});

test("where a WebSocket has worked, every reconnect begins with it", () => {
  const transports = new Transports(true);
  transports.succeeded();
  transports.reset();
  transports.failed(false);
  transports.succeeded();
  assert.equal(transports.current, "serverSentEvents", "a bad moment is passed by another transport");
  transports.reset();
  assert.equal(transports.current, "webSocket");
});

const unreachableError = Object.assign(new Error("no answer"), { errorType: "FailedToNegotiateWithServerError" });

/** Connections whose transports work or not; what is started and stopped is written down. */
class Connections {
  started: Transport[] = [];
  stopped: Transport[] = [];
  current: { transport: Transport; close: () => void; receive: (message: string, ...args: unknown[]) => void } | undefined;
  constructor(public works: (transport: Transport) => true | Error | Promise<never>) {}

  open = (transport: Transport): SignalR => {
    const handlers = new Map<string, (...args: unknown[]) => void>();
    let closed: () => void = () => {};
    let state = "Disconnected";
    return {
      get state() {
        return state;
      },
      start: async () => {
        this.started.push(transport);
        const outcome = await this.works(transport);
        if (outcome !== true) throw outcome;
        state = "Connected";
        const close = () => {
          state = "Disconnected";
          this.current = undefined;
          closed();
        };
        this.current = { transport, close, receive: (message, ...args) => handlers.get(message)?.(...args) };
      },
      stop: async () => {
        this.stopped.push(transport);
        if (state === "Connected") this.current?.close();
      },
      on: (message: string, handler: (...args: unknown[]) => void) => void handlers.set(message, handler),
      onclose: (then: () => void) => {
        closed = then;
      },
      invoke: async () => undefined,
    } as unknown as SignalR;
  };
}

/** Resolves when the connection is in that state. */
const reaches = (connection: Connection, state: string) =>
  new Promise<void>((done) => {
    const stop = connection.state.subscribe((now) => {
      if (now !== state) return;
      done();
      queueMicrotask(() => stop());
    });
  });

const withSockets = async (act: () => Promise<void>) => {
  const had = Object.getOwnPropertyDescriptor(globalThis, "WebSocket");
  Object.defineProperty(globalThis, "WebSocket", { value: class {}, configurable: true });
  try {
    await act();
  } finally {
    if (had) Object.defineProperty(globalThis, "WebSocket", had);
    else Reflect.deleteProperty(globalThis, "WebSocket");
  }
};

test("a lesson begins by a WebSocket, without a negotiation", () =>
  withSockets(async () => {
    const connections = new Connections(() => true);
    const connection = new Connection(async () => "live", undefined, connections.open);
    connection.start();
    await reaches(connection, "live");
    assert.deepEqual(connections.started, ["webSocket"]);
    connection.stop();
  }));

test("without a WebSocket the student is in by the next transport, receives messages, and reconnects by it", () =>
  withSockets(async () => {
    const connections = new Connections((transport) => (transport === "webSocket" ? new Error("blocked") : true));
    const received: unknown[] = [];
    const states: string[] = [];
    let entries = 0;
    const connection = new Connection(
      async () => {
        entries++;
        return "live";
      },
      () => "ticket",
      connections.open,
    );
    connection.on("saving", (works) => received.push(works));
    connection.state.subscribe((state) => states.push(state));
    connection.start();
    await reaches(connection, "live");
    assert.deepEqual(connections.started, ["webSocket", "serverSentEvents"]);
    assert.deepEqual(states, ["connecting", "live"], "no offline on the way");
    connections.current?.receive(messageOnWire.saving, false);
    assert.deepEqual(received, [false]);
    const back = reaches(connection, "offline").then(() => reaches(connection, "live"));
    connections.current?.close();
    await back;
    assert.deepEqual(connections.started, ["webSocket", "serverSentEvents", "serverSentEvents"]);
    assert.equal(entries, 2, "it enters again, as after any loss");
    connections.current?.receive(messageOnWire.saving, true);
    assert.deepEqual(received, [false, true], "received once each");
    connection.stop();
    assert.equal(connection.state.value, "closed");
  }));

test("a server that is away is waited for, and reached by a WebSocket", () =>
  withSockets(async () => {
    let unreachable = true;
    const connections = new Connections((transport) =>
      unreachable ? (transport === "webSocket" ? new Error("no server") : unreachableError) : true,
    );
    const connection = new Connection(async () => "live", undefined, connections.open);
    connection.start();
    await reaches(connection, "offline");
    unreachable = false;
    await reaches(connection, "live");
    assert.equal(connections.started.at(-1), "webSocket");
    assert.ok(!connections.started.includes("longPolling"), "an unreachable server: no third transport");
    connection.stop();
  }));

test("a proxy that swallows the upgrade is waited for a little, and stopped", () =>
  withSockets(async () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    try {
      const connections = new Connections((transport) => (transport === "webSocket" ? new Promise<never>(() => {}) : true));
      const connection = new Connection(async () => "live", undefined, connections.open);
      connection.start();
      const live = reaches(connection, "live");
      mock.timers.tick(5000);
      assert.deepEqual(connections.started, ["webSocket"]);
      mock.timers.tick(1000);
      await live;
      assert.deepEqual(connections.started, ["webSocket", "serverSentEvents"]);
      assert.deepEqual(connections.stopped, ["webSocket"]);
      connection.stop();
    } finally {
      mock.timers.reset();
    }
  }));
