import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import { api, type Refused } from "../src/connection/api";

afterEach(() => {
  mock.restoreAll();
  mock.timers.reset();
});

const answers = (make: () => Response) => mock.method(globalThis, "fetch", async () => make());
const refused = async (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => assert.fail("it was taken for an answer"),
    (error: Refused) => error.refusal.code,
  );
const portal = "<!doctype html><title>Welcome to FreeWiFi</title>";
const page = (status: number) => new Response(portal, { status, headers: { "Content-Type": "text/html" } });
const join = {
  code: "K7PM4X",
  nickname: "Айгерім",
  language: "kk",
  level: "simple",
  themed: false,
  id: "0197f4b2-0000-7000-8000-000000000000",
} as const;

test("a page in place of an answer is the network's own, whatever it says of itself", async () => {
  for (const status of [200, 203, 403, 404, 407, 451, 511]) {
    answers(() => page(status));
    assert.equal(await refused(api.join(join)), "not-ours", `${status}`);
    assert.equal(await refused(api.nicknames("kk")), "not-ours", `${status}`);
  }
});

test("a seat without a ticket is no seat", async () => {
  for (const body of ["", "{}", "[]", "null", '"ok"', '{"ticket":7}']) {
    answers(() => new Response(body));
    assert.equal(await refused(api.join(join)), "not-ours", body);
  }
});

test("a proxy whose server is away says so, and it may be tried again", async () => {
  for (const status of [500, 502, 503, 504]) {
    answers(() => page(status));
    assert.equal(await refused(api.session()), "try-again", `${status}`);
  }
});

test("what the server refuses is refused by its own code", async () => {
  answers(() => Response.json({ code: "code-not-found" }, { status: 404 }));
  assert.equal(await refused(api.join(join)), "code-not-found");
});

test("an answer that never comes is waited for ten seconds, its body too", async () => {
  for (const stuck of ["headers", "body"]) {
    mock.timers.enable({ apis: ["setTimeout"] });
    mock.method(globalThis, "fetch", (_: string, { signal }: { signal: AbortSignal }) => {
      const never = new Promise<never>((_, fail) => signal.addEventListener("abort", () => fail(signal.reason)));
      return stuck === "headers" ? never : Promise.resolve({ status: 200, ok: true, text: () => never });
    });
    let code = "";
    void refused(api.session()).then((c) => {
      code = c;
    });
    await turn();
    mock.timers.tick(9900);
    await turn();
    assert.equal(code, "");
    mock.timers.tick(100);
    await turn();
    assert.equal(code, "offline", stuck);
    mock.timers.reset();
  }
});

const turn = () => new Promise((done) => setImmediate(done));
