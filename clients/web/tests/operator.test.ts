import assert from "node:assert/strict";
import { test } from "node:test";
import type { SiloCard } from "../src/protocol/http";
import { percentOf, troublesOf } from "../src/screens/operator/status";

const silo = (name: string, ...troubles: [string, string][]): SiloCard => ({
  name,
  version: "1",
  since: "2026-09-01T08:00:00Z",
  state: "active",
  lessons: 0,
  connections: 0,
  troubles: troubles.map(([code, since]) => ({ code, since })),
});

test("a trouble that several servers see stands once, since the first saw it", () => {
  const silos = [
    silo("a", ["redis-away", "2026-09-01T09:00:02Z"], ["database-slow", "2026-09-01T09:10:00Z"]),
    silo("b", ["redis-away", "2026-09-01T09:00:01Z"]),
    silo("c"),
  ];
  assert.deepEqual(troublesOf(silos, [{ code: "silos-unreachable", since: "2026-09-01T08:59:00Z" }]), [
    { code: "silos-unreachable", since: "2026-09-01T08:59:00Z", silos: 0 },
    { code: "redis-away", since: "2026-09-01T09:00:01Z", silos: 2 },
    { code: "database-slow", since: "2026-09-01T09:10:00Z", silos: 1 },
  ]);
  assert.deepEqual(troublesOf([silo("a")], []), []);
});

test("a share is never rounded up to all", () => {
  assert.equal(percentOf(10_000, 1), "99.9");
  assert.equal(percentOf(10_000, 0), "100");
  assert.equal(percentOf(3, 3), "0.0");
  assert.equal(percentOf(3, 1), "66.6");
});
