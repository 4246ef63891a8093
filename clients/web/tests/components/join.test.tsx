import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { languages, say, speak, t } from "../../src/i18n";
import { w } from "../../src/i18n/student";
import { Join } from "../../src/screens/student/Join";
import { asking, current } from "../../src/screens/student/seats";
import { inEachLanguage } from "./screen";

const names = ["Барыс", "Тұлпар"];
const joined = { ticket: "t", classroomId: "c", studentId: "a", waiting: false };
/** What the server answers to the next requests to join; the bodies that came. */
let answers: { status: number; body: unknown }[] = [];
let bodies: unknown[] = [];
let namesFail = false;

beforeEach(() => {
  speak("kk");
  localStorage.clear();
  current.value = asking.value = undefined;
  sessionStorage.clear();
  answers = [];
  bodies = [];
  namesFail = false;
  mock.method(globalThis, "fetch", async (path: string, init: { body?: string }) => {
    if (path.startsWith("/api/nicknames")) return namesFail ? new Response("", { status: 503 }) : Response.json(names);
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
  fireEvent.click(join());
  await waitFor(() => assert.ok(current.value));
  assert.deepEqual(bodies, [{ code: "K7PM4X", nickname: "Тұлпар", language: "kk", level: "simple", themed: true }]);
  assert.equal(current.value?.ticket, "t");
  assert.ok(localStorage.getItem("ortaq.seat/c/a"));
});

test("without a code it asks for one, and says what a code looks like when it cannot be one", () => {
  inEachLanguage((language) => {
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
    screen.getByText(w().join.who);
    cleanup();
  });
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
