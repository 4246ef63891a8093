import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { speak } from "../../src/i18n";
import { w } from "../../src/i18n/student";
import { Join } from "../../src/screens/student/Join";
import { current } from "../../src/screens/student/seats";

type Answer = { status: number; body: unknown };
const rooms = [{ number: 1 }, { number: 2, name: "204" }];
/** What the server answers to the next requests to join, and to the next codes that are looked at; the bodies that came. */
let answers: Answer[] = [];
let checks: Answer[] = [];
let bodies: unknown[] = [];

beforeEach(() => {
  speak("kk");
  localStorage.clear();
  current.value = undefined;
  answers = [];
  bodies = [];
  mock.method(globalThis, "fetch", async (path: string, init: { body?: string }) => {
    if (path.startsWith("/api/nicknames")) return Response.json(["Барыс", "Тұлпар"]);
    if (path === "/api/session") return Response.json({ role: "anonymous" });
    const isCheck = path === "/api/join/check";
    if (!isCheck) bodies.push(JSON.parse(init.body ?? "null"));
    const joined = { ticket: "t", classroomId: "c", studentId: "a", waiting: false };
    const answer = (isCheck ? checks : answers).shift() ?? { status: 200, body: isCheck ? { pass: "p" } : joined };
    return Response.json(answer.body, { status: answer.status });
  });
});
afterEach(() => {
  cleanup();
  mock.restoreAll();
});

const join = (): HTMLButtonElement => screen.getByRole("button", { name: w().join.enter }) as HTMLButtonElement;

test("the link of a satellite that was the only one leads to the lesson's one room, and so it does when that is closed while the name is typed", async () => {
  checks = [{ status: 200, body: { pass: "p" } }];
  render(<Join code="K7PM4X" room={2} />);
  fireEvent.click(await screen.findByText("Барыс"));
  await waitFor(() => assert.equal(join().disabled, false));
  fireEvent.click(join());
  await waitFor(() => assert.ok(current.value));
  assert.equal((bodies.at(-1) as { room?: number }).room, undefined);
  cleanup();
  current.value = undefined;
  bodies = [];
  checks = [
    { status: 200, body: { pass: "p", rooms } },
    { status: 200, body: { pass: "p" } },
  ];
  answers = [{ status: 409, body: { code: "which-room" } }];
  render(<Join code="K7PM4X" room={2} />);
  await waitFor(() => assert.equal(screen.getByTestId("room-2").getAttribute("aria-pressed"), "true"));
  fireEvent.click(await screen.findByText("Тұлпар"));
  fireEvent.click(join());
  await waitFor(() => assert.equal(screen.queryByTestId("rooms"), null));
  await waitFor(() => assert.equal(join().disabled, false));
  fireEvent.click(join());
  await waitFor(() =>
    assert.deepEqual(
      bodies.map((b) => (b as { room?: number }).room),
      [2, undefined],
    ),
  );
});

test("who could not ask for the rooms, also when entering, keeps what the link says", async () => {
  checks = [
    { status: 503, body: {} },
    { status: 503, body: {} },
  ];
  render(<Join code="K7PM4X" room={2} />);
  fireEvent.click(await screen.findByText("Барыс"));
  fireEvent.click(join());
  await waitFor(() => assert.equal((bodies.at(-1) as { room?: number }).room, 2));
});
