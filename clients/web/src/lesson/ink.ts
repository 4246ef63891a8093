// Ink over a lesson's steps as one board has it: what is stored, its own strokes that are on their way, and what others draw just now.
// Invariant: a stroke of one id is shown once, and one that was drawn here stays on the screen from the pen's touch until the server says what became of it.
import { effect, type Signal, signal } from "@preact/signals";
import { sleep } from "../connection/backoff";
import type { Sent } from "../connection/outbox";
import { uuid7 } from "../protocol/ids";
import type { InkColour, InkTool, Stroke, StrokePart } from "../protocol/types";
import { decode, encode, isFar, type Point, thinned } from "./inkPoints";
import type { Lesson } from "./lesson";

export type InkStroke = { id: string; stepId: string; tool: InkTool; colour: InkColour; points: readonly Point[] };

/** The others see what is drawn this often; the server lets a board call twenty times a second. */
const sketchEvery = 50;
const mostInASketch = 300;
/** A stroke of which nothing more came is not drawn any more: its board has lost its line. */
const forgotten = 10_000;

type Own = { stroke: InkStroke; seq?: number };

export class Ink {
  /** What other boards draw just now. */
  readonly live: Signal<ReadonlyMap<string, InkStroke>> = signal(new Map());
  readonly #own = signal<readonly Own[]>([]);
  /** Taken away here, before the server has said so. */
  readonly #hidden = signal<ReadonlySet<string>>(new Set());
  /** Begun on this screen: what comes back of them is known here. */
  readonly #begun = new Set<string>();
  readonly #shown = new WeakMap<Stroke, InkStroke>();
  readonly #heard = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #stop: () => void;

  constructor(private readonly lesson: Lesson) {
    lesson.onStroke = (part) => this.#received(part);
    void lesson.outbox.restored.then(() => this.#restored());
    // What is stored is shown from there.
    this.#stop = effect(() => {
      const stored = lesson.store.all("stroke");
      for (const id of this.live.peek().keys()) if (stored.has(id)) this.#drop(id);
      const own = this.#own.peek();
      const left = own.filter((o) => !stored.has(o.stroke.id) && !(o.seq !== undefined && lesson.store.seq >= o.seq));
      if (left.length !== own.length) this.#own.value = left;
    });
  }

  stop(): void {
    this.#stop();
    this.lesson.onStroke = undefined;
    for (const timer of this.#heard.values()) clearTimeout(timer);
  }

  /** All strokes over a step, in the order in which they lie. */
  over(stepId: string): InkStroke[] {
    const [stored, hidden] = [this.lesson.store.all("stroke"), this.#hidden.value];
    const all = [...stored]
      .filter(([, s]) => s.stepId === stepId)
      .sort(([, a], [, b]) => a.number - b.number)
      .map(([id, s]) => this.#decoded(id, s));
    const known = new Set(stored.keys());
    const own = this.#own.value.map((o) => o.stroke);
    for (const stroke of own) known.add(stroke.id);
    const others = [...this.live.value.values()].filter((s) => !known.has(s.id));
    return [...all, ...own.filter((s) => !stored.has(s.id) && s.stepId === stepId), ...others.filter((s) => s.stepId === stepId)].filter(
      (s) => !hidden.has(s.id),
    );
  }

  // Decoded once, and the same object each time: what has not changed is not drawn anew.
  #decoded(id: string, s: Stroke): InkStroke {
    const known = this.#shown.get(s) ?? shown(id, s);
    this.#shown.set(s, known);
    return known;
  }

  canUndo(stepId: string): boolean {
    const board = this.lesson.boardId.value;
    return (
      this.#own.value.some((o) => o.stroke.stepId === stepId) ||
      (board !== undefined && (this.lesson.store.one("ink", stepId)?.undo ?? []).includes(board))
    );
  }

  begin(stepId: string, tool: InkTool, colour: InkColour): Sketch {
    const id = uuid7();
    this.#begun.add(id);
    return new Sketch({ id, stepId, tool, colour, points: [] }, this.lesson, (stroke) => this.#draw(stroke));
  }

  erase(stepId: string, ids: readonly string[]): void {
    if (ids.length === 0) return;
    this.#hidden.value = new Set([...this.#hidden.value, ...ids]);
    const { done } = this.lesson.outbox.send("EraseStrokes", { stepId, strokeIds: [...ids] });
    void done.then(async (reply) => {
      await this.#reaches(reply.refusal ? 0 : reply.seq);
      this.#hidden.value = new Set([...this.#hidden.value].filter((id) => !ids.includes(id)));
    });
  }

  clear(stepId: string): void {
    this.lesson.outbox.send("ClearInk", { stepId });
  }

  undo(stepId: string): void {
    this.lesson.outbox.send("UndoInk", { stepId });
  }

  #draw(stroke: InkStroke): void {
    const { id, stepId, tool, colour, points } = stroke;
    this.#keep(stroke, this.lesson.outbox.send("DrawStroke", { strokeId: id, stepId, tool, colour, points: encode(points) }));
  }

  // What an earlier page drew without a connection.
  #restored(): void {
    const known = new Set(this.#own.peek().map((o) => o.stroke.id));
    for (const { fields, sent } of this.lesson.outbox.queued("DrawStroke"))
      if (!known.has(fields.strokeId)) this.#keep(shown(fields.strokeId, fields), sent);
  }

  #keep(stroke: InkStroke, sent: Sent): void {
    this.#begun.add(stroke.id);
    this.#own.value = [...this.#own.value, { stroke }];
    void sent.done.then((reply) => {
      const gone = reply.refusal !== undefined || this.lesson.store.seq >= reply.seq;
      this.#own.value = this.#own.value.flatMap((o) => (o.stroke.id !== stroke.id ? [o] : gone ? [] : [{ stroke, seq: reply.seq }]));
      if (reply.refusal) void this.lesson.sketch(partOf(stroke, 0, [])).catch(() => {});
    });
  }

  // A reply may be faster than the patch that it speaks of.
  #reaches(seq: number): Promise<void> {
    if (this.lesson.store.seq >= seq) return Promise.resolve();
    return new Promise((done) => {
      const stop = effect(() => {
        this.lesson.store.all("stroke");
        if (this.lesson.store.seq < seq) return;
        done();
        queueMicrotask(() => stop());
      });
    });
  }

  #received(part: StrokePart): void {
    const { strokeId: id, points: numbers } = part;
    if (this.#begun.has(id) || this.lesson.store.peek("stroke").has(id)) return;
    if (part.from === 0 && numbers.length === 0) {
      this.#drop(id);
      return;
    }
    const before = this.live.peek().get(id)?.points ?? [];
    this.live.value = new Map(this.live.peek()).set(id, {
      ...shown(id, part),
      points: [...before.slice(0, part.from), ...decode(numbers)],
    });
    clearTimeout(this.#heard.get(id));
    this.#heard.set(
      id,
      setTimeout(() => this.#drop(id), forgotten),
    );
  }

  #drop(id: string): void {
    clearTimeout(this.#heard.get(id));
    this.#heard.delete(id);
    if (!this.live.peek().has(id)) return;
    const left = new Map(this.live.peek());
    left.delete(id);
    this.live.value = left;
  }
}

/** A stroke while the pen is down: the other boards are sent what is new of it, one call at a time. */
export class Sketch {
  /** As it is on this screen. */
  readonly stroke: Signal<InkStroke>;
  #sent = 0;
  #sending = false;
  #over = false;

  constructor(
    stroke: InkStroke,
    private readonly lesson: Pick<Lesson, "sketch">,
    private readonly finished: (stroke: InkStroke) => void,
  ) {
    this.stroke = signal(stroke);
  }

  add(points: readonly Point[]): void {
    const now = this.stroke.peek();
    const all = [...now.points];
    for (const point of points) if (isFar(all.at(-1), point)) all.push(point);
    if (all.length === now.points.length) return;
    this.stroke.value = { ...now, points: all };
    void this.#send();
  }

  finish(): void {
    this.#over = true;
    const stroke = this.stroke.peek();
    if (stroke.points.length > 0) this.finished({ ...stroke, points: thinned(stroke.points) });
  }

  /** It was no stroke: a palm, or a hand that the system took away. */
  cancel(): void {
    this.#over = true;
    if (this.#sent > 0) void this.lesson.sketch(partOf(this.stroke.peek(), 0, [])).catch(() => {});
  }

  async #send(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    while (!this.#over && this.#sent < this.stroke.peek().points.length) {
      const from = this.#sent;
      const points = this.stroke.peek().points.slice(from, from + mostInASketch);
      this.#sent += points.length;
      // What is lost on the way comes with the finished stroke.
      await Promise.all([this.lesson.sketch(partOf(this.stroke.peek(), from, points)).catch(() => {}), sleep(sketchEvery)]);
    }
    this.#sending = false;
  }
}

const shown = (id: string, s: Omit<StrokePart, "from" | "strokeId">): InkStroke => ({
  id,
  stepId: s.stepId,
  tool: s.tool,
  colour: s.colour,
  points: decode(s.points),
});

const partOf = (s: InkStroke, from: number, points: readonly Point[]): StrokePart => ({
  strokeId: s.id,
  stepId: s.stepId,
  tool: s.tool,
  colour: s.colour,
  from,
  points: encode(points),
});
