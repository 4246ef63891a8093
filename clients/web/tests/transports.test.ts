import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Connection } from "../src/connection/connection";
import { type Transport, Transports } from "../src/connection/transports";
import { messageOnWire } from "../src/protocol/messages";
import { Connections, reaches, withSockets } from "./fakeSignalR";

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
      mock.timers.tick(3900);
      assert.deepEqual(connections.started, ["webSocket"]);
      mock.timers.tick(100);
      await live;
      assert.deepEqual(connections.started, ["webSocket", "serverSentEvents"]);
      assert.deepEqual(connections.stopped, ["webSocket"]);
      connection.stop();
    } finally {
      mock.timers.reset();
    }
  }));
