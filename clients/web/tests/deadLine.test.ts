import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Connection } from "../src/connection/connection";
import { held } from "../src/connection/lost";
import type { RememberedTransport, Transport } from "../src/connection/transports";
import { methods } from "../src/protocol/messages";
import { Connections, reaches, withSockets } from "./fakeSignalR";

/** A page with a document that can be hidden, as much of one as the connection looks at; what is heard by it is taken away again. */
async function withPage(act: (page: { see: (visible: boolean) => void; fire: (event: string) => void }) => Promise<void>) {
  const window = new EventTarget();
  const document = Object.assign(new EventTarget(), { visibilityState: "visible" });
  const given = {
    document,
    addEventListener: window.addEventListener.bind(window),
    removeEventListener: window.removeEventListener.bind(window),
  };
  for (const [name, value] of Object.entries(given)) Object.defineProperty(globalThis, name, { value, configurable: true });
  try {
    await act({
      see: (visible) => {
        document.visibilityState = visible ? "visible" : "hidden";
        document.dispatchEvent(new Event("visibilitychange"));
      },
      fire: (event) => window.dispatchEvent(new Event(event)),
    });
  } finally {
    for (const name of Object.keys(given)) Reflect.deleteProperty(globalThis, name);
  }
}

/** A lesson that is live, on a clock that the test moves. */
const inLesson = (
  act: (line: {
    connections: Connections;
    connection: Connection;
    page: { see: (visible: boolean) => void; fire: (event: string) => void };
    after: (ms: number) => Promise<void>;
    /** What was called until it was live. */
    before: Connections["calls"];
  }) => Promise<void>,
) =>
  withSockets(() =>
    withPage(async (page) => {
      mock.timers.enable({ apis: ["setTimeout"] });
      const connections = new Connections();
      const connection = new Connection(
        async () => "live",
        () => "ticket",
        connections.open,
      );
      try {
        connection.start();
        await reaches(connection, "live");
        const after = async (ms: number) => {
          mock.timers.tick(ms);
          await turn();
        };
        await act({ connections, connection, page, after, before: connections.calls.splice(0) });
      } finally {
        connection.stop();
        mock.timers.reset();
      }
    }),
  );

const turn = () => new Promise((done) => setImmediate(done));

for (const [what, wakes] of [
  ["the page is looked at again", (page: { see: (visible: boolean) => void }) => page.see(true)],
  ["the network is back", (page: { fire: (event: string) => void }) => page.fire("online")],
  ["the page comes back from where the browser kept it", (page: { fire: (event: string) => void }) => page.fire("pageshow")],
] as const) {
  test(`${what}: the server is asked at once, and a dead line is given up within 2.5 s for a fresh one`, () =>
    inLesson(async ({ connections, connection, page, after }) => {
      connections.silent();
      const raised = connection.invoke("RaiseHand").then(
        () => "answered",
        () => "lost",
      );
      wakes(page as never);
      assert.ok(connections.calls.some(([method]) => method === methods.ping));
      await after(2400);
      assert.equal(connections.started.length, 1, "not yet");
      await after(100);
      await after(0);
      assert.equal(await raised, "lost", "who waits for the old line is told");
      await after(400);
      assert.equal(connections.started.length, 2);
      assert.equal(connections.opened, 2, "a connection of its own");
      assert.equal(connection.state.peek(), "live");
    }));
}

test("a page that was let in promises at once to be heard, since it is looked at", () =>
  inLesson(async ({ before }) => {
    assert.deepEqual(
      before.filter(([method]) => method === methods.ping).map(([, visible]) => visible),
      [true],
    );
  }));

test("a line that answers stays", () =>
  inLesson(async ({ connections, connection, page, after }) => {
    page.see(true);
    await after(10_000);
    assert.equal(connections.started.length, 1);
    assert.equal(connection.state.peek(), "live");
  }));

test("a call without a reply asks after 2 s, and a dead line is given up", () =>
  inLesson(async ({ connections, connection, after }) => {
    connections.silent();
    const raised = connection.invoke("RaiseHand").catch(() => "lost");
    await after(1900);
    assert.ok(!connections.calls.some(([method]) => method === methods.ping));
    await after(100);
    assert.ok(connections.calls.some(([method]) => method === methods.ping));
    await after(2500);
    assert.equal(await raised, "lost");
    await after(400);
    assert.equal(connections.started.length, 2);
  }));

test("a slow call on a line that is alive is waited for", () =>
  inLesson(async ({ connections, connection, after }) => {
    connections.silent("Execute");
    let outcome = "waits";
    void connection.invoke("Execute").then(
      () => {
        outcome = "answered";
      },
      () => {
        outcome = "lost";
      },
    );
    await after(2000);
    await after(60_000);
    assert.equal(outcome, "waits");
    assert.equal(connections.started.length, 1);
  }));

test("a page that is hidden says so, and does not ask; looked at, it says so again", () =>
  inLesson(async ({ connections, page, after }) => {
    page.see(false);
    page.fire("online");
    await after(0);
    assert.deepEqual(
      connections.calls.filter(([method]) => method === methods.ping).map(([, visible]) => visible),
      [false],
    );
    page.see(true);
    await after(0);
    assert.equal(connections.calls.at(-1)?.[1], true);
  }));

test("a try that was begun before the waking is given up for a fresh one at once", () =>
  withSockets(() =>
    withPage(async (page) => {
      const connections = new Connections();
      connections.works = () => new Promise<never>(() => {});
      const connection = new Connection(
        async () => "live",
        () => "ticket",
        connections.open,
      );
      mock.method(performance, "now", () => 5000);
      connection.start();
      mock.method(performance, "now", () => 7000);
      connections.works = () => true;
      page.fire("online");
      await reaches(connection, "live");
      assert.deepEqual(connections.started, ["webSocket", "webSocket"]);
      connection.stop();
      mock.restoreAll();
    }),
  ));

test("what an old line still says is not heard", () =>
  inLesson(async ({ connections, connection, page, after }) => {
    const heard: unknown[] = [];
    connection.on("saving", (works) => heard.push(works));
    const old = connections.current;
    connections.silent();
    page.see(true);
    await after(2500);
    await after(400);
    old?.receive("Saving", false);
    connections.current?.receive("Saving", true);
    assert.deepEqual(heard, [true]);
  }));

test("the transport that worked is where the next page begins; what no longer works is forgotten", () =>
  withSockets(async () => {
    let kept: Transport | undefined;
    const remembered: RememberedTransport = {
      get: () => kept,
      set: (transport) => {
        kept = transport;
      },
    };
    const open = async (works: (transport: Transport) => true | Error) => {
      const connections = new Connections(works);
      const connection = new Connection(
        async () => "live",
        () => "ticket",
        connections.open,
        remembered,
      );
      connection.start();
      await reaches(connection, "live");
      connection.stop();
      return connections.started;
    };
    const proxy = (transport: Transport) => (transport === "longPolling" ? true : new Error("swallowed"));
    assert.deepEqual(await open(proxy), ["webSocket", "serverSentEvents", "longPolling"]);
    assert.deepEqual(await open(proxy), ["longPolling"]);
    const other = (transport: Transport) => (transport === "webSocket" ? true : new Error("gone"));
    assert.deepEqual(await open(other), ["longPolling", "webSocket"]);
    assert.deepEqual(await open(other), ["webSocket"]);
  }));

test("a server that lets in is not held any more: what is lost later is the network", () => {
  held.value = true;
  return inLesson(async () => assert.equal(held.value, false));
});
