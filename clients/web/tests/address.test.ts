import assert from "node:assert/strict";
import { test } from "node:test";
import { address, hostOf, isThisMachine, joinOrigin, troubleOf } from "../src/lesson/address";
import type { Address } from "../src/protocol/http";

const network: Address = {
  reach: "network",
  url: "http://192.168.1.10:5080",
  choices: [{ url: "http://192.168.1.10:5080", network: "eth0" }],
  answers: true,
  wasReached: false,
};
const here = { hostname: "localhost", origin: "http://localhost:5080" };
const elsewhere = { hostname: "ortaq.kz", origin: "https://ortaq.kz" };

test("a machine's own names lead nobody else to it", () => {
  for (const name of ["localhost", "LOCALHOST", "ortaq.localhost", "127.0.0.1", "127.9.9.9", "[::1]"]) assert.ok(isThisMachine(name), name);
  for (const name of ["192.168.1.10", "ortaq.kz", "localhost.kz", "127.0.0.1.kz", "[fd00::1]"])
    assert.equal(isThisMachine(name), false, name);
});

test("a page on the machine itself shows its address in the network, any other its own, and both the public one", () => {
  address.value = undefined;
  assert.equal(joinOrigin(here), undefined, "no QR code of a wrong address meanwhile");
  assert.equal(joinOrigin(elsewhere), "https://ortaq.kz");
  address.value = network;
  assert.equal(joinOrigin(here), "http://192.168.1.10:5080");
  assert.equal(joinOrigin(elsewhere), "https://ortaq.kz");
  address.value = { ...network, reach: "public", url: "https://sabaq.kz" };
  assert.equal(joinOrigin(here), "https://sabaq.kz");
  assert.equal(joinOrigin(elsewhere), "https://sabaq.kz");
  const { url: _, ...none } = network;
  address.value = { ...none, reach: "this-machine", choices: [] };
  assert.equal(joinOrigin(here), "http://localhost:5080");
  assert.equal(hostOf("http://192.168.1.10:5080"), "192.168.1.10:5080");
  assert.equal(hostOf(undefined), "");
});

test("what keeps phones away is said, and nobody's absence before a class had the time to come", () => {
  assert.equal(troubleOf(undefined, 0, true), undefined);
  assert.equal(troubleOf({ ...network, reach: "this-machine" }, 0, false), "thisMachine");
  assert.equal(troubleOf({ ...network, reach: "no-network" }, 0, false), "noNetwork");
  assert.equal(troubleOf({ ...network, answers: false }, 0, false), "silent");
  assert.equal(troubleOf(network, 0, false), undefined);
  assert.equal(troubleOf(network, 0, true), "nobody");
  for (const reach of ["network", "this-machine", "no-network"])
    assert.equal(troubleOf({ ...network, reach, answers: false }, 1, true), undefined, reach);
  assert.equal(troubleOf({ ...network, wasReached: true }, 0, true), undefined);
  assert.equal(troubleOf({ ...network, reach: "public" }, 0, true), undefined);
});
