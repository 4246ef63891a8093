import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { speak } from "../../src/i18n";
import { w as operator } from "../../src/i18n/operator";
import { w } from "../../src/i18n/tutorUse";
import type { OperatorStatus, ProviderCard, TutorCard } from "../../src/protocol/http";
import { fallbackOf, moneyOf, secondsOf } from "../../src/screens/operator/figures";
import { Tutor } from "../../src/screens/operator/Tutor";
import { inEachLanguage } from "./screen";

const real = globalThis.fetch;
afterEach(() => {
  cleanup();
  globalThis.fetch = real;
});

const at = "2026-11-26T04:05:00Z";
const provider: ProviderCard = {
  settings: "Tutor",
  host: "model.lan",
  model: "m",
  states: [{ doing: "answers", silos: 1 }],
  answers: 12,
  lastAnswered: at,
  lastFault: "tutor-timeout",
  lastFaultAt: at,
  input: 12345,
  output: 678,
  cost: 1.5,
  currency: "USD",
  trials: [],
};
const card: TutorCard = {
  day: "2026-11-26",
  providers: [provider],
  answers: { first: 12, second: 0, cache: 4, prepared: 4, nobody: 1, audit: 0 },
  tokens: 13023,
};
const show = (tutor: TutorCard | undefined, tokens: OperatorStatus["tokens"] = { limit: 0 }, onTried = () => {}) =>
  render(<Tutor status={{ tutor, tokens, hasModel: tutor !== undefined } as OperatorStatus} onTried={onTried} />).container as HTMLElement;

test("who answers, what was last wrong, the share of fallback, tokens and cost are told in each language", () => {
  inEachLanguage((language) => {
    speak(language);
    const page = show(card, { spent: 20000, limit: 100000 });
    const text = page.textContent ?? "";
    screen.getByTestId("doing-answers");
    const small = language === "en" ? "." : ",";
    const thousand = language === "en" ? "," : "\u00a0";
    for (const part of [
      "model.lan · m",
      w().fault["tutor-timeout"] as string,
      w().tokensOf(`12${thousand}345`, "678"),
      `1${small}50 USD`,
      `20${small}0 %`,
      operator().tokensOf(`20${thousand}000`, `100${thousand}000`),
    ])
      assert.ok(text.includes(part), `${language}: ${part} in ${text}`);
    cleanup();
  });
});

test("what is unknown is said to be unknown and is never nought; no price and no limit are said or left out", () => {
  inEachLanguage((language) => {
    speak(language);
    const { answers: _, tokens: __, ...unknown } = card;
    const { answers: a, lastAnswered: b, lastFault: c, lastFaultAt: d, input: e, output: f, cost: g, ...bare } = provider;
    const page = show({ ...unknown, providers: [{ ...bare, states: [] }] });
    assert.doesNotMatch(page.textContent ?? "", /\b0\b|NaN|undefined/);
    assert.equal(screen.getByTestId("fallback").querySelector("dd")?.textContent, w().unknown);
    assert.equal(screen.getByTestId("all-tokens").querySelector("dd")?.textContent, w().unknown);
    assert.equal(screen.queryByTestId("limit"), null);
    cleanup();
    const { cost: h, currency: i, ...free } = provider;
    assert.ok(show({ ...card, providers: [free] }).textContent?.includes(w().noPrice("Tutor")));
    cleanup();
    show(undefined);
    assert.equal(screen.queryByTestId("try-tutor"), null);
    screen.getByText(operator().noModel);
    cleanup();
  });
});

test("every state and every fault has its words in each language, and servers that differ are counted", () => {
  inEachLanguage((language) => {
    speak(language);
    for (const code of Object.keys(w("kk").doing)) assert.ok(w().doing[code], code);
    for (const code of Object.keys(w("kk").fault)) assert.ok(w().fault[code], code);
    show({
      ...card,
      providers: [
        {
          ...provider,
          states: [
            { doing: "paused", seconds: 42, silos: 2 },
            { doing: "odd", silos: 1 },
          ],
        },
      ],
    });
    assert.equal(screen.getByTestId("doing-paused").textContent, `${w().doing.paused} · ${w().seconds(42)} · ${w().onSilos(2)}`);
    assert.ok(screen.getByTestId("doing-odd").textContent?.startsWith(w().other("odd")));
    cleanup();
  });
});

test("one press asks once, says that it asks, and what came of it is told by the next status", async () => {
  let answer: (value: Response) => void = () => {};
  const asked: string[] = [];
  globalThis.fetch = ((url: string | URL | Request) => {
    asked.push(String(url));
    return new Promise((resolve) => {
      answer = resolve;
    });
  }) as typeof fetch;
  let tried = 0;
  speak("en");
  show(card, { limit: 0 }, () => tried++);
  const press = screen.getByTestId("try-tutor") as HTMLButtonElement;
  fireEvent.click(press);
  fireEvent.click(press);
  await waitFor(() => assert.equal(press.disabled, true));
  assert.equal(press.textContent, w().trying);
  answer(new Response(null, { status: 204 }));
  await waitFor(() => assert.equal(press.disabled, false));
  assert.deepEqual([asked, tried], [["/api/operator/tutor/try"], 1]);
  fireEvent.click(press);
  await waitFor(() => assert.equal(asked.length, 2));
  answer(new Response(JSON.stringify({ code: "try-again", args: {} }), { status: 503 }));
  await waitFor(() => screen.getByTestId("try-refused"));
  assert.equal(tried, 1);
  cleanup();
  const trials = [
    { silo: "a:1", at, milliseconds: 420 },
    { silo: "b:1", at, milliseconds: 8000, fault: "wrong-key" },
  ];
  show({ ...card, providers: [{ ...provider, trials }] });
  const told = screen.getAllByTestId("trial").map((t) => t.querySelector("dd")?.textContent);
  assert.deepEqual(told, [w().answered("0.4"), w().failed(w().fault["wrong-key"] as string, "8.0")]);
});

test("figures keep what matters: small sums, nearly none and nearly all", () => {
  speak("en");
  assert.deepEqual(
    [moneyOf(0, "KZT"), moneyOf(1234.5, "KZT"), moneyOf(0.00423, "USD"), moneyOf(0.1, "USD")],
    ["0.00 KZT", "1,234.50 KZT", "0.0042 USD", "0.10 USD"],
  );
  const of = (first: number, second: number) => fallbackOf({ first, second, cache: 0, prepared: 0, nobody: 3, audit: 9 });
  assert.deepEqual([of(0, 0), of(1, 0), of(0, 1), of(1, 1), of(99999, 1), of(1, 99999)], [undefined, "0", "100", "50.0", "0.1", "99.9"]);
  assert.deepEqual([secondsOf(420), secondsOf(12345)], ["0.4", "12"]);
});
