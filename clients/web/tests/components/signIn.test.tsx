import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { signOut } from "../../src/connection/session";
import { languages, say, speak, t } from "../../src/i18n";
import { w } from "../../src/i18n/account";
import type { Session } from "../../src/protocol/http";
import { SignIn } from "../../src/ui/SignIn";
import { inEachLanguage } from "./screen";

const session: Session = { role: "anonymous", now: "2026-11-26T09:00:00Z", organisation: "Bilim", hasPassword: false };
const account = { signIn: async () => undefined, signOut };
const codes = ["organisation-away", "organisation-refused", "organisation-failed", "clock-differs", "no-role", "try-again"];

const at = (address: string): void => history.replaceState(null, "", address);

beforeEach(() => at("/teach"));
afterEach(() => {
  cleanup();
  mock.restoreAll();
  at("/");
});

test("the organisation's button leads there and back to this page, and the form stays", () => {
  inEachLanguage((language) => {
    speak(language);
    for (const page of ["/teach", "/mentor", "/operator"]) {
      render(
        <SignIn account={account} mentor={page === "/mentor"} operator={page === "/operator"} session={session} onChange={() => {}} />,
      );
      const link = screen.getByText(w().organisation("Bilim")) as HTMLAnchorElement;
      assert.equal(link.getAttribute("href"), `/oidc/sign-in?to=${page}`);
      assert.ok(screen.getByTestId("sign-in"));
      assert.equal(screen.queryByRole("alert"), null);
      cleanup();
    }
  });
});

test("while the device works for a sign-in it is said in each language, and no longer", async () => {
  for (const language of languages) {
    speak(language);
    let done: () => void = () => {};
    const signIn = (_user: string, _password: string, onWork: (share: number) => void): Promise<undefined> => {
      onWork(0.4);
      return new Promise((end) => {
        done = () => end(undefined);
      });
    };
    render(<SignIn account={{ ...account, signIn }} session={session} onChange={() => {}} />);
    fireEvent.input(screen.getByLabelText(w().user), { target: { value: "aigul" } });
    fireEvent.input(screen.getByLabelText(w().password), { target: { value: "secret" } });
    fireEvent.click(screen.getByTestId("sign-in"));
    assert.ok((await screen.findByTestId("working")).textContent?.includes(t().working));
    done();
    await waitFor(() => assert.equal(screen.queryByTestId("working"), null));
    cleanup();
  }
});

test("without an organisation there is no button", () => {
  render(<SignIn account={account} session={{ role: session.role, now: session.now, hasPassword: false }} onChange={() => {}} />);
  assert.equal(screen.queryByTestId("organisation"), null);
  assert.ok(screen.getByTestId("sign-in"));
});

test("what became of a sign-in is said once, in words of its own", () => {
  inEachLanguage((language) => {
    speak(language);
    const said = new Set(
      codes.map((code) => {
        at(`/teach?refused=${code}#a`);
        render(<SignIn account={account} session={session} onChange={() => {}} />);
        const words = screen.getByRole("alert").textContent ?? "";
        assert.equal(words, say({ code }));
        assert.equal(location.pathname + location.search + location.hash, "/teach#a");
        cleanup();
        return words;
      }),
    );
    assert.equal(said.size, codes.length);
  });
});

test("a code that nobody knows is said calmly, and none of it is markup", () => {
  at(`/teach?refused=${encodeURIComponent("<img src=x>")}`);
  const page = render(<SignIn account={account} session={session} onChange={() => {}} />).container;
  assert.equal(screen.getByRole("alert").textContent, say({ code: "unknown" }));
  assert.equal(page.querySelector("img"), null);
});

test("signing out goes on to the organisation when the server says where", async () => {
  const went = mock.method(location, "assign", () => {});
  const answers: unknown[] = [{ next: "https://id.example/bye?state=a" }, { next: null }];
  mock.method(globalThis, "fetch", async () => Response.json(answers.shift()));
  await signOut();
  assert.deepEqual(
    went.mock.calls.map((c) => c.arguments),
    [["https://id.example/bye?state=a"]],
  );
  await signOut();
  mock.restoreAll();
  mock.method(globalThis, "fetch", () => Promise.reject(new Error("no network")));
  await signOut();
  assert.equal(went.mock.callCount(), 1);
});
