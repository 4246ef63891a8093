import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { languages, speak } from "../../src/i18n";
import { w } from "../../src/i18n/student";
import { Join } from "../../src/screens/student/Join";
import { current } from "../../src/screens/student/seats";
import { all } from "./screen";

// Which class of a combined one a child is in: asked whenever the child comes, and nothing typed is lost.
const third = { className: "3 «А»", title: all("Көктем"), code: "K7PM4X" };
const fourth = { className: "4 «А»", title: all("Бөлшектер"), code: "Q2WE3R" };
const both = { pass: "p", groups: [third, fourth] };
const notFound = () => Response.json({ code: "code-not-found" }, { status: 404 });

let check: (code: string) => Response | Promise<Response>;
let join: () => Response;
let checked: string[] = [];
let bodies: { code: string; nickname: string; room?: number }[] = [];

beforeEach(() => {
  speak("kk");
  localStorage.clear();
  current.value = undefined;
  checked = [];
  bodies = [];
  join = () => Response.json({ ticket: "t", classroomId: "c", studentId: "a", waiting: false });
  mock.method(globalThis, "fetch", async (path: string, init: { body?: string }) => {
    if (path.startsWith("/api/nicknames")) return Response.json(["Барыс", "Тұлпар"]);
    if (path === "/api/session") return Response.json({ role: "anonymous" });
    const body = JSON.parse(init.body ?? "null");
    if (path === "/api/join/check") {
      checked.push(body.code);
      return check(body.code);
    }
    bodies.push(body);
    return join();
  });
});
afterEach(() => {
  cleanup();
  mock.restoreAll();
});

const enter = (): HTMLButtonElement => screen.getByRole("button", { name: w().join.enter }) as HTMLButtonElement;

test("who wants in before the code was looked at is asked for the class, and comes into no other", async () => {
  let answer: (reply: Response) => void = () => {};
  check = () =>
    new Promise((done) => {
      answer = done;
    });
  render(<Join code={third.code} />);
  fireEvent.click(await screen.findByText("Барыс"));
  fireEvent.submit(enter().form as HTMLFormElement);
  await screen.findByText(w().join.entering);
  answer(Response.json(both));
  const groups = await screen.findByTestId("groups");
  // Not `equal`: to print two trees of a DOM takes half a minute.
  await waitFor(() => assert.ok(document.activeElement === groups, "it is led to what it has not said"));
  assert.equal(enter().disabled, true);
  assert.deepEqual(bodies, []);
  fireEvent.click(screen.getByTestId(`group-${third.code}`));
  fireEvent.click(enter());
  await waitFor(() => assert.deepEqual([bodies[0]?.code, bodies[0]?.nickname], [third.code, "Барыс"]));
});

test("where nobody could look the code is looked at once more before anybody is let in", async () => {
  check = () => (checked.length === 1 ? Response.json({}, { status: 503 }) : Response.json(both));
  render(<Join code={third.code} />);
  fireEvent.click(await screen.findByText("Барыс"));
  await waitFor(() => assert.equal(checked.length, 1));
  fireEvent.click(enter());
  await screen.findByTestId("groups");
  assert.deepEqual(bodies, []);
  fireEvent.click(screen.getByTestId(`group-${third.code}`));
  fireEvent.click(enter());
  await waitFor(() => assert.ok(current.value));
});

test("the classes stand below the name: what comes late moves nothing that is being typed", async () => {
  check = () => Response.json(both);
  render(<Join code={third.code} />);
  const groups = await screen.findByTestId("groups");
  const field = screen.getByLabelText(w().join.type);
  assert.ok(field.compareDocumentPosition(groups) & Node.DOCUMENT_POSITION_FOLLOWING);
});

test("where the other class's lesson has ended it is said in each language, the name is kept and the first code is looked at anew", async () => {
  for (const language of languages) {
    speak(language);
    checked = [];
    check = (code) => (code === fourth.code ? notFound() : Response.json(checked.length === 1 ? both : { pass: "p" }));
    render(<Join code={undefined} />);
    fireEvent.input(screen.getByLabelText(w().join.code), { target: { value: third.code } });
    fireEvent.click(screen.getByRole("button", { name: w().join.next }));
    fireEvent.input(await screen.findByLabelText(w().join.type), { target: { value: "Айсұлу" } });
    fireEvent.click(await screen.findByTestId(`group-${fourth.code}`));
    const said = await screen.findByTestId("group-over");
    assert.ok(said.textContent?.includes(fourth.className) && said.textContent.includes(w().join.groupOver), language);
    await waitFor(() => assert.deepEqual(checked, [third.code, fourth.code, third.code]));
    await waitFor(() => assert.equal(screen.queryByTestId("groups"), null, "one class is no choice"));
    assert.equal((screen.getByLabelText(w().join.type) as HTMLInputElement).value, "Айсұлу");
    assert.equal(enter().disabled, false);
    cleanup();
  }
});

test("so it is when the other lesson ends between the choice and coming in", async () => {
  check = () => Response.json(both);
  join = () => (bodies.at(-1)?.code === fourth.code ? notFound() : Response.json({ ticket: "t", classroomId: "c", studentId: "a" }));
  render(<Join code={third.code} />);
  fireEvent.click(await screen.findByText("Барыс"));
  fireEvent.click(await screen.findByTestId(`group-${fourth.code}`));
  fireEvent.click(enter());
  await screen.findByTestId("group-over");
  await waitFor(() => assert.equal(screen.getByTestId(`group-${fourth.code}`).getAttribute("aria-pressed"), "false", "it chooses anew"));
  fireEvent.click(screen.getByTestId(`group-${third.code}`));
  assert.equal(screen.queryByTestId("group-over"), null);
  fireEvent.click(enter());
  await waitFor(() => assert.deepEqual([bodies.at(-1)?.code, bodies.at(-1)?.nickname], [third.code, "Барыс"]));
});
