import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { afterEach, beforeEach, mock, test } from "node:test";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { held } from "../../src/connection/lost";
import { languages, say, speak, t } from "../../src/i18n";
import { w as words } from "../../src/i18n/rooms";
import { w } from "../../src/i18n/student";
import { Join } from "../../src/screens/student/Join";
import { asking, current } from "../../src/screens/student/seats";
import { inEachLanguage } from "./screen";

const names = ["Барыс", "Тұлпар"];
const joined = { ticket: "t", classroomId: "c", studentId: "a", waiting: false };
/** What the server answers to the next requests to join; the bodies that came. */
let answers: { status: number; body: unknown }[] = [];
let bodies: unknown[] = [];
/** What the server answers to the next codes that are looked at; the codes that came. */
let checks: { status: number; body: unknown }[] = [];
let checked: unknown[] = [];
let namesFail = false;
let isHeld = false;

beforeEach(() => {
  speak("kk");
  localStorage.clear();
  current.value = asking.value = undefined;
  sessionStorage.clear();
  answers = [];
  bodies = [];
  checks = [];
  checked = [];
  namesFail = isHeld = held.value = false;
  mock.method(globalThis, "fetch", async (path: string, init: { body?: string }) => {
    if (path.startsWith("/api/nicknames")) return namesFail ? new Response("", { status: 503 }) : Response.json(names);
    if (path === "/api/session")
      return isHeld ? Response.json({ code: "database-differs" }, { status: 503 }) : Response.json({ role: "anonymous" });
    if (path === "/api/join/check") {
      checked.push((JSON.parse(init.body ?? "null") as { code: unknown }).code);
      const answer = checks.shift() ?? { status: 200, body: { pass: "p" } };
      return Response.json(answer.body, { status: answer.status });
    }
    bodies.push(JSON.parse(init.body ?? "null"));
    const answer = answers.shift() ?? { status: 200, body: joined };
    return Response.json(answer.body, { status: answer.status });
  });
});
afterEach(() => {
  cleanup();
  mock.restoreAll();
});

const join = (): HTMLButtonElement => screen.getByRole("button", { name: w().join.enter }) as HTMLButtonElement;

test("with the code of the address the student chooses a name and a level in each language", () => {
  inEachLanguage((language) => {
    speak(language);
    const page = render(<Join code="K7PM4X" />).container;
    screen.getByText(w().join.who);
    for (const level of ["simple", "standard", "advanced"] as const) {
      screen.getByText(t().levels[level]);
      screen.getByText(w().join.levelHints[level]);
    }
    assert.ok(page.textContent?.includes("K7P·M4X"));
    assert.equal(join().disabled, true, "there is no name yet");
    cleanup();
  });
});

test("a picked name and a level are sent, and the seat is kept on the device", async () => {
  render(<Join code="K7PM4X" />);
  fireEvent.click(await screen.findByText("Тұлпар"));
  fireEvent.click(screen.getByText(t().levels.simple));
  await waitFor(() => assert.deepEqual(checked, ["K7PM4X"], "a link's code is looked at before a name is chosen"));
  fireEvent.click(join());
  await waitFor(() => assert.ok(current.value));
  const { id, pass: _, ...asked } = bodies[0] as { id: string; pass?: string };
  assert.match(id, /^[\da-f]{8}-/);
  assert.deepEqual(asked, { code: "K7PM4X", nickname: "Тұлпар", language: "kk", level: "simple", themed: true });
  assert.equal(current.value?.ticket, "t");
  assert.ok(localStorage.getItem("ortaq.seat/c/a"));
});

const rooms = [{ number: 1 }, { number: 2, name: "204" }];

test("where a lesson has several rooms the child chooses one in each language, and the one of the link is chosen already", async () => {
  for (const language of languages) {
    speak(language);
    checks = [{ status: 200, body: { pass: "p", rooms } }];
    render(<Join code="K7PM4X" />);
    fireEvent.click(await screen.findByText("Барыс"));
    await screen.findByText(words().which);
    assert.equal(screen.getByTestId("room-1").textContent, words().hub);
    assert.equal(join().disabled, true, "nobody sits in a room that they did not choose");
    fireEvent.click(screen.getByTestId("room-2"));
    fireEvent.click(join());
    await waitFor(() => assert.equal((bodies.at(-1) as { room: number }).room, 2));
    cleanup();
  }
  checks = [{ status: 200, body: { pass: "p", rooms } }];
  render(<Join code="K7PM4X" room={2} />);
  fireEvent.click(await screen.findByText("Барыс"));
  await waitFor(() => assert.equal(screen.getByTestId("room-2").getAttribute("aria-pressed"), "true"));
  fireEvent.click(join());
  await waitFor(() => assert.equal((bodies.at(-1) as { room: number }).room, 2));
});

test("a room that was closed is chosen anew, before joining or when the server says so, and nothing typed is lost", async () => {
  checks = [{ status: 200, body: { pass: "p", rooms } }];
  render(<Join code="K7PM4X" room={7} />);
  fireEvent.click(await screen.findByText("Барыс"));
  await screen.findByTestId("rooms");
  assert.equal(join().disabled, true);
  fireEvent.click(screen.getByTestId("room-2"));
  answers = [{ status: 409, body: { code: "which-room" } }];
  checks = [{ status: 200, body: { pass: "p", rooms: [{ number: 1 }, { number: 3, name: "305" }] } }];
  fireEvent.click(join());
  await screen.findByTestId("room-3");
  assert.ok(screen.getByText(say("which-room")));
  assert.equal(join().disabled, true);
  fireEvent.click(screen.getByTestId("room-3"));
  fireEvent.click(join());
  await waitFor(() => assert.ok(current.value));
  assert.deepEqual(
    bodies.map((b) => [(b as { room: number }).room, (b as { nickname: string }).nickname]),
    [
      [2, "Барыс"],
      [3, "Барыс"],
    ],
  );
});

test("without a code it asks for one, and says what a code looks like when it cannot be one", async () => {
  for (const language of languages) {
    speak(language);
    render(<Join code={undefined} />);
    screen.getByText(w().join.codeHint);
    const field = screen.getByLabelText(w().join.code);
    fireEvent.input(field, { target: { value: "k7pm41" } });
    fireEvent.click(screen.getByRole("button", { name: w().join.next }));
    assert.equal(screen.getByRole("alert").textContent, w().join.badCode);
    fireEvent.input(field, { target: { value: "k7p m4x" } });
    assert.equal(screen.queryByRole("alert"), null);
    fireEvent.click(screen.getByRole("button", { name: w().join.next }));
    await screen.findByText(w().join.who);
    cleanup();
  }
  assert.deepEqual(checked, ["K7PM4X", "K7PM4X", "K7PM4X"], "what cannot be a code is not asked for");
});

test("a wrong code is said on the first screen, in each language, and typing another takes that back", async () => {
  checks = [{ status: 404, body: { code: "code-not-found" } }];
  render(<Join code={undefined} />);
  const field = screen.getByLabelText(w().join.code);
  fireEvent.input(field, { target: { value: "k7pm4x" } });
  fireEvent.click(screen.getByRole("button", { name: w().join.next }));
  for (const language of languages) {
    speak(language);
    await screen.findByText(say("code-not-found"));
  }
  assert.equal(screen.queryByText(w().join.who), null, "no name is asked for");
  assert.equal(field.getAttribute("aria-invalid"), "true");
  fireEvent.input(field, { target: { value: "k7pm4y" } });
  assert.equal(screen.queryByRole("alert"), null);
  fireEvent.click(screen.getByRole("button", { name: w().join.next }));
  await screen.findByText(w().join.who);
  assert.deepEqual(checked, ["K7PM4X", "K7PM4Y"]);
  fireEvent.click(await screen.findByText("Барыс"));
  fireEvent.click(join());
  await waitFor(() => assert.ok(current.value));
  assert.equal((bodies[0] as { pass: unknown }).pass, "p", "so that joining is no second guess");
});

test("who joins while the code is still worked for waits for that, and works once", async () => {
  Object.assign(globalThis, { Worker: HeldWorker });
  try {
    Object.assign(HeldWorker, { last: undefined });
    checks = [{ status: 429, body: { code: "proof-needed", challenge: puzzle(20_000, 15_000) } }];
    render(<Join code="K7PM4X" />);
    fireEvent.click(await screen.findByText("Барыс"));
    await screen.findByTestId("working");
    await waitFor(() => assert.ok(HeldWorker.last?.asked));
    fireEvent.click(join());
    assert.equal(bodies.length, 0, "nothing is asked for beside it");
    HeldWorker.last?.onmessage({ data: { number: 15_000 } });
    await waitFor(() => assert.ok(current.value));
    assert.equal(bodies.length, 1);
    assert.equal((bodies[0] as { pass: unknown }).pass, "p");
  } finally {
    Reflect.deleteProperty(globalThis, "Worker");
  }
});

test("a link with a wrong code leads to the first screen, which says so; a server that is away does not", async () => {
  checks = [{ status: 404, body: { code: "code-not-found" } }];
  render(<Join code="K7PM4X" />);
  await screen.findByText(say("code-not-found"));
  assert.equal((screen.getByLabelText(w().join.code) as HTMLInputElement).value, "K7PM4X");
  cleanup();
  checks = Array.from({ length: 2 }, () => ({ status: 503, body: { code: "try-again" } }));
  render(<Join code="K7PM4X" />);
  fireEvent.click(await screen.findByText("Барыс"));
  await waitFor(() => assert.equal(checked.length, 2));
  fireEvent.click(join());
  await waitFor(() => assert.ok(current.value));
  assert.equal(checked.length, 3, "it is looked at once more");
  assert.equal("pass" in (bodies[0] as object), false);
});

test("an answer that is lost is asked for again with the same id, by itself; another name is another asking", async () => {
  answers = [
    { status: 503, body: { code: "try-again" } },
    { status: 409, body: { code: "nickname-taken" } },
  ];
  render(<Join code="K7PM4X" />);
  fireEvent.click(await screen.findByText("Барыс"));
  fireEvent.click(join());
  await screen.findByText(say("try-again"));
  await screen.findByText(say("nickname-taken"));
  fireEvent.click(screen.getByText("Тұлпар"));
  fireEvent.click(join());
  await waitFor(() => assert.ok(current.value));
  const ids = bodies.map((body) => (body as { id: string }).id);
  assert.equal(ids.length, 3);
  assert.equal(ids[0], ids[1]);
  assert.notEqual(ids[1], ids[2]);
});

test("a damaged link asks for the code, and says why", () => {
  inEachLanguage((language) => {
    speak(language);
    render(<Join code={undefined} damaged />);
    assert.equal(screen.getByRole("alert").textContent, w().join.damaged);
    screen.getByLabelText(w().join.code);
    cleanup();
  });
});

test("what a network says in place of the server is no seat, and is said", async () => {
  const asked = mock.method(globalThis, "fetch", async (path: string) =>
    path.startsWith("/api/nicknames") ? Response.json(names) : new Response("<!doctype html><p>Sign in</p>"),
  );
  render(<Join code="K7PM4X" />);
  fireEvent.click(await screen.findByText("Барыс"));
  fireEvent.click(join());
  await screen.findByText(say("not-ours"));
  assert.equal(current.value, undefined);
  assert.equal(localStorage.length, 0);
  assert.equal(join().disabled, false);
  assert.ok(asked.mock.callCount() > 0);
});

test("without the list of names one is typed; a name that is taken is refused in words, and the seat may be asked for", async () => {
  namesFail = true;
  answers = [
    { status: 409, body: { code: "nickname-taken" } },
    { status: 200, body: { ...joined, waiting: true } },
  ];
  render(<Join code="K7PM4X" />);
  await screen.findByText(w().join.noNames);
  fireEvent.input(screen.getByLabelText(w().join.type), { target: { value: " Айсұлу " } });
  fireEvent.click(join());
  await screen.findByText(say("nickname-taken"));
  assert.equal(current.value, undefined);
  fireEvent.click(screen.getByText(w().join.mine));
  await waitFor(() => assert.equal(asking.value?.nickname, "Айсұлу"));
  assert.equal(current.value, undefined, "it is held once the teacher has said yes");
  assert.equal(localStorage.length, 0);
  assert.equal((bodies[1] as { device?: boolean }).device, true);
});

/** ALTCHA's puzzle as the server makes it. */
const puzzle = (max: number, number: number, token = "sealed") => {
  const salt = "0123456789abcdef01234567";
  return { salt, hash: createHash("sha256").update(`${salt}${number}`).digest("hex"), max, token };
};

/** A worker that is done when the test says so. */
class HeldWorker {
  static last: HeldWorker | undefined;
  asked: unknown;
  ended = false;
  onmessage: (message: { data: { share?: number; number?: number } }) => void = () => {};
  onerror: () => void = () => {};
  constructor() {
    HeldWorker.last = this;
  }
  postMessage(asked: unknown) {
    this.asked = asked;
  }
  terminate() {
    this.ended = true;
  }
}

test("a server that wants work first gets it and lets in, and what is going on is said in each language", async () => {
  Object.assign(globalThis, { Worker: HeldWorker });
  try {
    const challenge = puzzle(20_000, 15_000);
    answers = [{ status: 429, body: { code: "proof-needed", challenge } }];
    render(<Join code="K7PM4X" />);
    fireEvent.click(await screen.findByText("Барыс"));
    fireEvent.click(join());
    await screen.findByTestId("working");
    await waitFor(() => assert.ok(HeldWorker.last?.asked));
    assert.deepEqual(HeldWorker.last?.asked, { salt: challenge.salt, hash: challenge.hash, max: challenge.max });
    HeldWorker.last?.onmessage({ data: { share: 0.4 } });
    await screen.findByLabelText("40%");
    for (const language of languages) {
      speak(language);
      await screen.findByText(t().working);
    }
    HeldWorker.last?.onmessage({ data: { number: 15_000 } });
    await waitFor(() => assert.ok(current.value));
    assert.equal(screen.queryByRole("alert"), null, "it is no refusal");
    const { proof, ...again } = bodies[1] as Record<string, unknown>;
    assert.deepEqual(proof, { token: "sealed", number: 15_000 });
    assert.deepEqual(again, bodies[0], "the same is asked again");
    assert.equal(HeldWorker.last?.ended, true);
    await waitFor(() => assert.equal(screen.queryByTestId("working"), null));
  } finally {
    Reflect.deleteProperty(globalThis, "Worker");
  }
});

test("without a worker the page does the work itself", async () => {
  answers = [{ status: 429, body: { code: "proof-needed", challenge: puzzle(20_000, 5000) } }];
  render(<Join code="K7PM4X" />);
  fireEvent.click(await screen.findByText("Барыс"));
  fireEvent.click(join());
  await waitFor(() => assert.ok(current.value), { timeout: 30_000 });
  assert.deepEqual((bodies[1] as { proof: unknown }).proof, { token: "sealed", number: 5000 });
});

test("a server that wants work again and again is given up in words, and a puzzle without an answer is no endless one", async () => {
  answers = Array.from({ length: 9 }, () => ({ status: 429, body: { code: "proof-needed", challenge: puzzle(10, 3) } }));
  render(<Join code="K7PM4X" />);
  fireEvent.click(await screen.findByText("Барыс"));
  fireEvent.click(join());
  await screen.findByText(say("proof-needed"));
  assert.equal(bodies.length, 4);
  answers = [{ status: 429, body: { code: "proof-needed", challenge: puzzle(10, 11) } }];
  fireEvent.click(join());
  await waitFor(() => assert.equal(bodies.length, 5));
  await screen.findByRole("alert");
  await waitFor(() => assert.equal(join().disabled, false));
});

test("a server that is away is said in each language, and joining can be tried again", async () => {
  answers = [{ status: 503, body: {} }];
  render(<Join code="K7PM4X" />);
  fireEvent.click(await screen.findByText("Барыс"));
  fireEvent.click(join());
  for (const language of languages) {
    speak(language);
    await screen.findByText(say("try-again"));
  }
  await waitFor(() => assert.equal(join().disabled, false));
});

test("a server that lets nobody in is said before a code is typed, in each language; when it is put right the form is there by itself, as it was", async () => {
  isHeld = true;
  const page = render(<Join code={undefined} />).container;
  const field = screen.getByLabelText(w().join.code);
  fireEvent.input(field, { target: { value: "k7p" } });
  for (const language of languages) {
    speak(language);
    await waitFor(() => assert.ok(screen.getByRole("alert").textContent?.includes(w().join.heldText)));
    assert.ok(screen.getByRole("alert").textContent?.includes(t().byItself));
  }
  assert.ok(page.querySelector("[hidden] form"));
  isHeld = false;
  // It asks every three seconds.
  await waitFor(() => assert.equal(page.querySelector("[hidden]"), null), { timeout: 60_000 });
  assert.equal(screen.queryByTestId("held"), null);
  assert.equal((screen.getByLabelText(w().join.code) as HTMLInputElement).value, "K7P");
});
