import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Hub } from "../src/connection/connection";
import type { Line } from "../src/connection/signalr";
import { type Road, Roads } from "../src/connection/transports";

/** What is tried, in order, until it is time to wait. */
function tried(roads: Roads, away: (road: Road) => boolean = () => false): Road[] {
  const list: Road[] = [];
  do list.push(roads.now);
  while (roads.failed(away(roads.now)));
  return list;
}

test("a WebSocket comes first, then each road that does without, at once", () => {
  const roads = new Roads(true);
  assert.deepEqual(tried(roads), ["socket", "events", "polling"]);
  assert.equal(roads.now, "socket", "after a wait it begins anew");
});

test("a browser without WebSockets does not try one", () => {
  const roads = new Roads(false);
  assert.deepEqual(tried(roads), ["events", "polling"]);
  assert.equal(roads.now, "events");
});

test("nobody there by one road is nobody there by another", () => {
  const roads = new Roads(true);
  assert.deepEqual(
    tried(roads, (road) => road !== "socket"),
    ["socket", "events"],
  );
  assert.equal(roads.now, "socket");
});

test("where no WebSocket ever stood, what worked is what a return begins with", () => {
  const roads = new Roads(true);
  roads.failed(false);
  roads.worked();
  roads.lost();
  assert.equal(roads.now, "events");
  roads.failed(false);
  roads.worked();
  roads.lost();
  assert.equal(roads.now, "polling");
});

test("where a WebSocket stood once, every return begins with it", () => {
  const roads = new Roads(true);
  roads.worked();
  roads.lost();
  roads.failed(false);
  roads.worked();
  assert.equal(roads.now, "events", "a bad moment is passed by another road");
  roads.lost();
  assert.equal(roads.now, "socket");
});

const notThere = Object.assign(new Error("no answer"), { errorType: "FailedToNegotiateWithServerError" });

/** Lines that lead somewhere, or not; what was opened and started is written down. */
class Lines {
  started: Road[] = [];
  stopped: Road[] = [];
  standing: { road: Road; close: () => void; hear: (message: string, ...args: unknown[]) => void } | undefined;
  constructor(public leads: (road: Road) => true | Error | Promise<never>) {}

  open = (road: Road): Line => {
    const ears = new Map<string, (...args: unknown[]) => void>();
    let closed: () => void = () => {};
    let state = "Disconnected";
    return {
      get state() {
        return state;
      },
      start: async () => {
        this.started.push(road);
        const leads = await this.leads(road);
        if (leads !== true) throw leads;
        state = "Connected";
        const close = () => {
          state = "Disconnected";
          this.standing = undefined;
          closed();
        };
        this.standing = { road, close, hear: (message, ...args) => ears.get(message)?.(...args) };
      },
      stop: async () => {
        this.stopped.push(road);
        if (state === "Connected") this.standing?.close();
      },
      on: (message: string, ear: (...args: unknown[]) => void) => void ears.set(message, ear),
      onclose: (then: () => void) => {
        closed = then;
      },
      invoke: async () => undefined,
    } as unknown as Line;
  };
}

/** Resolves when the hub is in that state. */
const reaches = (hub: Hub, state: string) =>
  new Promise<void>((done) => {
    const stop = hub.state.subscribe((now) => {
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

test("a lesson begins by a WebSocket, with nothing asked before", () =>
  withSockets(async () => {
    const lines = new Lines(() => true);
    const hub = new Hub(async () => "live", undefined, lines.open);
    hub.start();
    await reaches(hub, "live");
    assert.deepEqual(lines.started, ["socket"]);
    hub.stop();
  }));

test("without a WebSocket the student is in by the next road, hears, and comes back by it", () =>
  withSockets(async () => {
    const lines = new Lines((road) => (road === "socket" ? new Error("blocked") : true));
    const heard: unknown[] = [];
    const states: string[] = [];
    let arrivals = 0;
    const hub = new Hub(
      async () => {
        arrivals++;
        return "live";
      },
      () => "ticket",
      lines.open,
    );
    hub.on("Saving", ((works: boolean) => heard.push(works)) as never);
    hub.state.subscribe((state) => states.push(state));
    hub.start();
    await reaches(hub, "live");
    assert.deepEqual(lines.started, ["socket", "events"]);
    assert.deepEqual(states, ["connecting", "live"], "no offline on the way");
    lines.standing?.hear("Saving", false);
    assert.deepEqual(heard, [false]);
    const back = reaches(hub, "offline").then(() => reaches(hub, "live"));
    lines.standing?.close();
    await back;
    assert.deepEqual(lines.started, ["socket", "events", "events"]);
    assert.equal(arrivals, 2, "it arrives again, as after any loss");
    lines.standing?.hear("Saving", true);
    assert.deepEqual(heard, [false, true], "heard once each");
    hub.stop();
    assert.equal(hub.state.value, "closed");
  }));

test("a server that is away is waited for, and found by a WebSocket", () =>
  withSockets(async () => {
    let away = true;
    const lines = new Lines((road) => (away ? (road === "socket" ? new Error("no server") : notThere) : true));
    const hub = new Hub(async () => "live", undefined, lines.open);
    hub.start();
    await reaches(hub, "offline");
    away = false;
    await reaches(hub, "live");
    assert.equal(lines.started.at(-1), "socket");
    assert.ok(!lines.started.includes("polling"), "nobody there: no third road");
    hub.stop();
  }));

test("a proxy that swallows the upgrade is waited for a little, and hung up on", () =>
  withSockets(async () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    try {
      const lines = new Lines((road) => (road === "socket" ? new Promise<never>(() => {}) : true));
      const hub = new Hub(async () => "live", undefined, lines.open);
      hub.start();
      const live = reaches(hub, "live");
      mock.timers.tick(5000);
      assert.deepEqual(lines.started, ["socket"]);
      mock.timers.tick(1000);
      await live;
      assert.deepEqual(lines.started, ["socket", "events"]);
      assert.deepEqual(lines.stopped, ["socket"]);
      hub.stop();
    } finally {
      mock.timers.reset();
    }
  }));
