import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Ink } from "../src/lesson/ink";
import { outlineOf } from "../src/lesson/inkOutline";
import { decode, encode, maxPoints, onBoard, type Point, thinned, touches } from "../src/lesson/inkPoints";
import type { StrokePart } from "../src/protocol/types";
import { Hand } from "../src/screens/board/ink/hand";
import { entity, fakeLesson } from "./fakeLesson";

const line: Point[] = [
  [10, 20, 0.5],
  [30, 20, 0.5],
  [30, 60, 1],
];
const part = (from: number, points: readonly Point[], strokeId = "s"): StrokePart => ({
  strokeId,
  stepId: "s1",
  tool: "pen",
  colour: "ink",
  from,
  points: encode(points),
});
const settled = () => new Promise((done) => setImmediate(done));
const stroke = (number: number, points = line) => ({
  stepId: "s1",
  number,
  tool: "pen" as const,
  colour: "ink" as const,
  points: encode(points),
});

test("points travel as whole numbers, each but the first as the way from the one before", () => {
  assert.deepEqual(encode(line), [40, 80, 32, 80, 0, 0, 0, 160, 31]);
  assert.deepEqual(
    decode(encode(line)).map(([x, y]) => [x, y]),
    line.map(([x, y]) => [x, y]),
  );
  assert.deepEqual(decode([]), []);
  assert.deepEqual(encode([[-5, 5000, 9]]), [0, 4320, 63], "never off the board");
  assert.equal(onBoard(Number.NaN, 3, 0.5), undefined);
  assert.deepEqual(onBoard(3, 4, Number.NaN), [3, 4, 0]);
  assert.deepEqual(onBoard(-1, 9999, 2), [0, 1080, 1]);
});

test("a long stroke has fewer points, and both its ends", () => {
  const long = Array.from({ length: 9000 }, (_, i): Point => [i % 1900, 500 + 300 * Math.sin(i / 50), 0.5]);
  const kept = thinned(long);
  assert.ok(kept.length <= maxPoints && kept.length > maxPoints / 3, `${kept.length}`);
  assert.deepEqual([kept[0], kept.at(-1)], [long[0], long.at(-1)]);
  assert.deepEqual(thinned([[1, 1, 0.5]]), [[1, 1, 0.5]], "a dot stays a dot");
});

test("the eraser touches a line between its points", () => {
  assert.ok(touches(line, [20, 24, 0], 5));
  assert.ok(!touches(line, [20, 26, 0], 5));
  assert.ok(touches([[5, 5, 0]], [8, 9, 0], 5), "a dot");
  assert.ok(!touches([], [8, 9, 0], 5));
});

test("a stroke has an outline, and nothing has none", () => {
  assert.match(outlineOf("pen", line), /^M[\d. -]+Q[\d. -]+Z$/);
  assert.match(outlineOf("highlighter", [[5, 5, 0.5]]), /^M/);
  assert.equal(outlineOf("pen", []), "");
});

test("what others draw is shown while they draw, once, and goes when it is stored, taken back, or forgotten", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const lesson = fakeLesson();
    const ink = new Ink(lesson);
    lesson.onStroke?.(part(0, line.slice(0, 2)));
    lesson.onStroke?.(part(2, line.slice(2)));
    lesson.onStroke?.(part(2, line.slice(2)));
    assert.deepEqual(
      ink.over("s1").map((s) => s.points.length),
      [3],
      "a part that comes twice is one",
    );
    assert.deepEqual(ink.over("s2"), [], "of its step");
    lesson.store.patch(1, 2, [entity("stroke", "s", stroke(2))]);
    assert.equal(ink.live.value.size, 0);
    assert.equal(ink.over("s1").length, 1);
    lesson.onStroke?.(part(0, line, "s"));
    assert.equal(ink.over("s1").length, 1, "late points of a stored stroke");

    lesson.onStroke?.(part(0, line, "t"));
    lesson.onStroke?.(part(0, [], "t"));
    assert.equal(ink.over("s1").length, 1, "taken back");
    lesson.onStroke?.(part(0, line, "u"));
    mock.timers.tick(9_000);
    lesson.onStroke?.(part(3, [[40, 60, 1]], "u"));
    mock.timers.tick(9_000);
    assert.equal(ink.over("s1").length, 2);
    mock.timers.tick(1_001);
    assert.equal(ink.over("s1").length, 1, "its board has lost its line");
    ink.stop();
    assert.equal(lesson.onStroke, undefined);
  } finally {
    mock.timers.reset();
  }
});

test("an own stroke stays on the screen until the view has it, and goes when it is refused", async () => {
  const lesson = fakeLesson();
  const ink = new Ink(lesson);
  const draw = () => {
    const sketch = ink.begin("s1", "pen", "sky");
    sketch.add(line);
    lesson.onStroke?.(part(0, line, sketch.stroke.value.id));
    assert.equal(ink.live.value.size, 0, "its own points come back while it is drawn");
    sketch.finish();
    return sketch.stroke.value.id;
  };
  lesson.reply = { seq: 2 };
  const id = draw();
  await settled();
  assert.deepEqual(
    ink.over("s1").map((s) => s.id),
    [id],
    "the reply is faster than the patch",
  );
  assert.ok(ink.canUndo("s1"));
  lesson.onStroke?.(part(0, line, id));
  assert.equal(ink.over("s1").length, 1, "its own points come back and are known");
  lesson.store.patch(1, 2, [entity("stroke", id, stroke(2)), entity("ink", "s1", { undo: ["other"] })]);
  assert.equal(ink.over("s1").length, 1);
  assert.ok(!ink.canUndo("s1"));
  lesson.store.patch(2, 3, [entity("stroke", id, undefined as never), entity("ink", "s1", { undo: ["b"] })]);
  assert.equal(ink.over("s1").length, 0);
  assert.ok(ink.canUndo("s1"));

  const said: StrokePart[] = [];
  lesson.sketch = async (p) => void said.push(p);
  lesson.reply = { seq: 0, refusal: { code: "ink-full" } };
  const refused = draw();
  await settled();
  assert.equal(ink.over("s1").length, 0);
  assert.deepEqual([said.at(-1)?.strokeId, said.at(-1)?.points.length], [refused, 0], "the other boards are told");
});

test("what an earlier page drew without a connection is on the screen again", async () => {
  const lesson = fakeLesson();
  lesson.reply = undefined;
  lesson.outbox.send("DrawStroke", { strokeId: "w", stepId: "s1", tool: "pen", colour: "ink", points: encode(line) });
  const ink = new Ink(lesson);
  await settled();
  assert.deepEqual(
    ink.over("s1").map((s) => s.id),
    ["w"],
  );
});

test("what is erased is gone at once, and back if the server refuses", async () => {
  const lesson = fakeLesson([entity("stroke", "a", stroke(1)), entity("stroke", "c", stroke(2, [[900, 900, 0.5]]))]);
  const ink = new Ink(lesson);
  lesson.reply = { seq: 0, refusal: { code: "board-read-only" } };
  ink.erase("s1", ["a"]);
  assert.deepEqual(
    ink.over("s1").map((s) => s.id),
    ["c"],
  );
  await settled();
  assert.equal(ink.over("s1").length, 2);
  ink.erase("s1", []);
  assert.equal(lesson.sent.length, 1, "nothing was touched, nothing is sent");
});

test("the other boards are sent what is new, one call at a time", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const lesson = fakeLesson();
    const sent: StrokePart[] = [];
    lesson.sketch = async (p) => void sent.push(p);
    const sketch = new Ink(lesson).begin("s1", "pen", "ink");
    sketch.add(line.slice(0, 1));
    sketch.add(line.slice(1, 2));
    sketch.add(line.slice(2));
    assert.equal(sent.length, 1, "the first at once, so that the others see it begin");
    await settled();
    mock.timers.tick(50);
    await settled();
    assert.deepEqual(
      sent.map((p) => [p.from, p.points.length / 3]),
      [
        [0, 1],
        [1, 2],
      ],
    );
    sketch.cancel();
    assert.deepEqual([sent.at(-1)?.from, sent.at(-1)?.points], [0, []]);
  } finally {
    mock.timers.reset();
  }
});

const at: Point = [100, 100, 0.5];
const contact = (pointerType: string, pointerId: number, more = {}) => ({
  pointerType,
  pointerId,
  width: 10,
  height: 10,
  buttons: 1,
  ...more,
});

function hand() {
  const lesson = fakeLesson([entity("stroke", "a", stroke(1))]);
  let now = 10_000;
  const of = new Hand(new Ink(lesson), () => now);
  return {
    lesson,
    hand: of,
    later: (ms: number) => {
      now += ms;
    },
    drawn: () => lesson.sent.filter((c) => c.name === "DrawStroke").length,
  };
}

test("while a pen writes, and a second after, a touch draws nothing", async () => {
  const { hand: h, later, drawn } = hand();
  const [pen, palm] = [contact("pen", 1), contact("touch", 2)];
  assert.ok(h.down(pen, at, "s1", "pen", "ink"));
  assert.ok(!h.down(palm, [500, 500, 0.5], "s1", "pen", "ink"));
  h.move(palm, [[600, 600, 0.5]]);
  h.up(palm);
  assert.deepEqual(h.sketch.value?.stroke.value.points, [at]);
  h.up(pen);
  assert.ok(!h.down(palm, at, "s1", "pen", "ink"), "the hand rests");
  later(1_001);
  assert.ok(h.down(palm, at, "s1", "pen", "ink"), "a finger draws again");
  h.up(palm);
  await settled();
  assert.equal(drawn(), 2);
});

test("a palm that came before the pen is taken back, and a whole hand draws nothing", async () => {
  const { hand: h, drawn } = hand();
  assert.ok(h.down(contact("touch", 2), at, "s1", "pen", "ink"));
  assert.ok(h.down(contact("pen", 1), [300, 300, 0.9], "s1", "pen", "ink"));
  assert.deepEqual(h.sketch.value?.stroke.value.points, [[300, 300, 0.9]]);
  assert.ok(!h.down(contact("pen", 3), at, "s1", "pen", "ink"), "one stroke at a time");
  h.cancel(contact("pen", 1));
  await settled();
  assert.equal(drawn(), 1, "what a pen wrote stays though the system took it away");
  const { hand: other, drawn: none } = hand();
  assert.ok(!other.down(contact("touch", 2, { width: 120, height: 60 }), at, "s1", "pen", "ink"));
  assert.ok(other.down(contact("touch", 3), at, "s1", "pen", "ink"));
  other.cancel(contact("touch", 3));
  await settled();
  assert.equal(none(), 0, "a gesture is no stroke");
  assert.ok(other.down(contact("mouse", 4), at, "s1", "pen", "ink"));
  other.cancel(contact("touch", 3));
  assert.ok(other.sketch.value, "what is taken from one pointer is no other's");
  other.cancel(contact("mouse", 4));
  await settled();
  assert.equal(none(), 1, "a mouse that was taken away has drawn");
  assert.ok(other.down(contact("mouse", 4), at, "s1", "pen", "ink"), "and draws again");
});

test("the eraser, and a pen held the other way round, take whole strokes, once they are lifted", async () => {
  for (const [tool, buttons] of [
    ["eraser", 1],
    ["pen", 32],
  ] as const) {
    const { hand: h, lesson } = hand();
    const pen = contact("pen", 1, { buttons });
    h.down(pen, [200, 200, 0.5], "s1", tool, "ink");
    assert.equal(h.erasing.value.size, 0);
    h.move(pen, [[22, 22, 0.5]]);
    assert.deepEqual([...h.erasing.value], ["a"]);
    assert.equal(lesson.sent.length, 0);
    h.up(pen);
    await settled();
    assert.deepEqual(lesson.sent, [{ name: "EraseStrokes", fields: { stepId: "s1", strokeIds: ["a"] } }]);
  }
});
