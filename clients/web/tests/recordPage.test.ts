import assert from "node:assert/strict";
import { test } from "node:test";
import { w as photos } from "../src/i18n/photos";
import { escaped, recordPage } from "../src/screens/teacher/report/recordPage";

const evil = `</p><script>alert(1)</script><img src=x onerror='a'>"&\u0001`;
const same = { kk: evil, ru: evil, en: evil };
const model = { provider: evil, model: evil, template: evil, tokens: 12345, milliseconds: 900, cached: true };
const prepared = { ...model, provider: "prepared", cached: false, cause: "budget-reached" };
const entities = [
  {
    kind: "plan",
    id: "",
    value: { title: same, subject: same, className: evil, teacherName: evil, minutes: 40, steps: [{ id: "s", title: same }] },
  },
  { kind: "pace", id: "", value: { startedAt: "2026-09-01T09:00:00Z" } },
  { kind: "seat", id: "a", value: { nickname: evil } },
  { kind: "step", id: "s", value: { task: { criteria: [{ descriptors: [{ id: "d", text: same }] }] } } },
  {
    kind: "explanation",
    id: "e",
    value: {
      stepId: "s",
      topic: same,
      variants: [
        { variant: "kk-simple", status: "finished", text: evil, provenance: model },
        { variant: "ru-simple", status: "failed", failure: "tutor-cut", text: evil, provenance: prepared },
      ],
    },
  },
  {
    kind: "prompt",
    id: "s",
    value: {
      prompt: { question: same, make: same, materials: same, roles: [same], sharing: same },
      edited: true,
      editedBy: evil,
      provenance: model,
    },
  },
  { kind: "stroke", id: "i2", value: { stepId: "s", number: 9, tool: "highlighter", colour: "sun", points: [40, 40, 31, 400, 0, 0] } },
  { kind: "stroke", id: "i1", value: { stepId: "s", number: 3, tool: evil, colour: evil, points: [evil, 1, 2] } },
  { kind: "contribution", id: "c", value: { stepId: "s", text: evil, team: 1, votes: 2, studentId: "a" } },
  {
    kind: "question",
    id: "q",
    value: {
      stepId: "s",
      text: same,
      options: [{ id: "o", text: same }],
    },
  },
  { kind: "tally", id: "q", value: { rounds: [{ round: 1, answered: 1, counts: [{ key: evil, count: 1 }] }] } },
  { kind: "answer", id: "q/1/a", value: { questionId: "q", studentId: "a", text: evil } },
  {
    kind: "work",
    id: "a/s",
    value: {
      studentId: "a",
      stepId: "s",
      status: "handedIn",
      submission: evil,
      previousSubmission: evil,
      ownContribution: evil,
      reflection: evil,
      sources: [evil],
    },
  },
  {
    kind: "feedback",
    id: "f",
    value: {
      studentId: "a",
      stepId: "s",
      status: "released",
      note: evil,
      reply: evil,
      edited: false,
      provenance: model,
      items: [{ descriptorId: "d", verdict: "met", quote: evil, nextStep: evil }],
    },
  },
  {
    kind: "exchange",
    id: "x",
    value: { studentId: "a", stepId: "s", question: evil, at: "2026-09-01T09:10:00Z", answer: evil, provenance: prepared },
  },
];

test("in a record nothing is markup but the page's own", () => {
  const page = recordPage({ exportedAt: "2026-09-01T10:00:00Z", seq: 1, entities }, "prepared");
  const names = new Set([...page.matchAll(/<\/?([a-z!][a-z0-9]*)/gi)].map((m) => m[1]));
  assert.deepEqual(
    [...names].sort(),
    "!doctype b body div h1 h2 h3 h4 head html li meta p path section small style svg title ul".split(" ").sort(),
  );
  for (const raw of ["onerror='", "<script", "\u0001"]) assert.ok(!page.includes(raw), raw);
  assert.ok(page.split(escaped(evil)).length > 25, "every text is there");
});

test("in a record the ink of a step stands with the step, in its order", () => {
  const strokes = [9, 3].map((number) => ({
    kind: "stroke",
    id: `i${number}`,
    value: { stepId: "s", number, tool: number === 9 ? "highlighter" : "pen", colour: "sun", points: [40, 40, 31, 400, 0, 0] },
  }));
  const of = (all: unknown[]) =>
    recordPage({ exportedAt: "2026-09-01T10:00:00Z", seq: 1, entities: [entities[0], ...all] as typeof entities }, "prepared");
  assert.match(of(strokes), /<svg class="ink"[^>]*><path class="pen sun" d="M[\d. -]+Q[\d. -]+Z"\/><path class="highlighter sun" d="M/);
  assert.ok(!of([]).includes("<svg"));
});

test("in a record every AI text carries its mark and its badge", () => {
  const page = recordPage({ exportedAt: "2026-09-01T10:00:00Z", seq: 1, entities }, "prepared");
  const marks = [
    ...page.matchAll(
      /<div class="(?:ai|prepared)" data-ai="(model|prepared)"( data-ai-cached="true")?[^>]*>\n<p class="badge"><b>[^<]+<\/b>/g,
    ),
  ];
  assert.deepEqual(
    marks.map((m) => m[1]),
    ["model", "prepared", "model", "model", "prepared"],
  );
  assert.equal(marks.filter((m) => m[2]).length, 3);
});

test("in a record prepared text is not in AI's frame, an empty text has neither frame nor badge, a stopped one of an earlier day is guessed", () => {
  const variants = [
    {
      variant: "kk-simple",
      status: "finished",
      text: "Су.",
      measure: { words: 8.25, longWords: 0.126 },
      provenance: { ...prepared, cause: undefined },
    },
    { variant: "ru-simple", status: "failed", failure: "tutor-stopped", text: "", provenance: model },
    { variant: "en-simple", status: "running", text: "Water", prepared: true },
    { variant: "kk-advanced", status: "failed", failure: "tutor-stopped", text: "Күн", provenance: { ...model, provider: "" } },
  ];
  const explanation = { kind: "explanation", id: "e", value: { stepId: "s", topic: same, variants } };
  const of = (unknown: "model" | "prepared") =>
    [
      ...recordPage({ exportedAt: "2026-09-01T10:00:00Z", seq: 1, entities: [...entities.slice(0, 2), explanation] }, unknown).matchAll(
        /<div class="(ai|prepared)" data-ai="(model|prepared)"/g,
      ),
    ].map((m) => `${m[1]} ${m[2]}`);
  const page = recordPage({ exportedAt: "2026-09-01T10:00:00Z", seq: 1, entities: [...entities.slice(0, 2), explanation] }, "prepared");
  assert.match(page, /8\.3.*13 %/);
  assert.deepEqual(of("prepared"), ["prepared prepared", "prepared prepared", "prepared prepared"]);
  assert.deepEqual(of("model"), ["prepared prepared", "prepared prepared", "ai model"]);
});

test("in a record a work says how many photos it has", () => {
  const photo = (id: string, stepId: string) => ({ kind: "photo", id, value: { studentId: "a", stepId } });
  const page = recordPage(
    { exportedAt: "2026-09-01T10:00:00Z", seq: 1, entities: [...entities, photo("p1", "s"), photo("p2", "s"), photo("p3", "z")] },
    "prepared",
  );
  assert.ok(page.includes(escaped(photos().one(2))));
  assert.ok(!recordPage({ exportedAt: "2026-09-01T10:00:00Z", seq: 1, entities }, "prepared").includes(escaped(photos().one(2))));
});

test("in a record what a model wrote has its formulas in signs and its tables as lines; what a child wrote stands as it is", () => {
  const text = "Жол $\\frac{1}{2}$\n| a | b |\n|---|---|\n| 1 | $x^{2}$ |";
  const work = { studentId: "a", stepId: "s", status: "handedIn", version: 1, words: 3, submission: "$\\frac{3}{4}$" };
  const items = [{ descriptorId: "d", verdict: "met", nextStep: "Енді $\\frac{1}{3}$" }];
  const feedback = { studentId: "a", stepId: "s", status: "released", note: text, items, provenance: model };
  const exchange = {
    studentId: "a",
    stepId: "s",
    question: "$\\frac{5}{6}$ неше?",
    at: "2026-09-01T09:10:00Z",
    answer: text,
    provenance: model,
  };
  const page = recordPage(
    {
      exportedAt: "2026-09-01T10:00:00Z",
      seq: 1,
      entities: [
        ...entities.slice(0, 4),
        { kind: "work", id: "a/s", value: work },
        { kind: "feedback", id: "f", value: feedback },
        { kind: "exchange", id: "x", value: exchange },
      ],
    },
    "prepared",
  );
  assert.equal(page.split("Жол 1/2\na · b\n1 · x^2").length - 1, 2);
  assert.match(page, /→ Енді 1\/3</);
  assert.match(page, /\$\\frac\{3\}\{4\}\$/);
  assert.match(page, /\$\\frac\{5\}\{6\}\$ неше/);
  assert.doesNotMatch(page, /---/);
});
