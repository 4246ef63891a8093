// A hand at the board: from what pointers do to strokes and erasings. A palm that lies on the board while a pen writes draws nothing.
import { type Signal, signal } from "@preact/signals";
import type { Ink, Sketch } from "../../../lesson/ink";
import { type Point, touches } from "../../../lesson/inkPoints";
import type { InkColour, InkTool } from "../../../protocol/types";

export type Tool = InkTool | "eraser";
export const colours: readonly InkColour[] = ["ink", "coral", "sky", "sun"];

/** What a pointer says of itself. */
export type Contact = { pointerId: number; pointerType: string; width: number; height: number; buttons: number };

/** A touch so soon after the pen was lifted is the hand that held it. */
const restsFor = 1000;
/** A finger leaves a smaller print than this, in pixels of the screen. */
const palm = 90;
/** How near the eraser must come, in units of the board. */
const reach = 22;
/** Of a pen held the other way round. */
const eraserButton = 32;

export class Hand {
  readonly sketch: Signal<Sketch | undefined> = signal(undefined);
  /** Strokes that the eraser has touched since it was put down. */
  readonly erasing: Signal<ReadonlySet<string>> = signal(new Set());
  #pointer: Contact | undefined;
  #stepId = "";
  #erases = false;
  #penLeftAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly ink: Ink,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** @returns whether this pointer is followed from now on */
  down(contact: Contact, at: Point, stepId: string, tool: Tool, colour: InkColour): boolean {
    if (contact.pointerType === "touch" && this.#isPalm(contact)) return false;
    if (this.#pointer) {
      // A pen writes whatever lies on the board already; two of a kind do not draw at once.
      if (contact.pointerType !== "pen" || this.#pointer.pointerType === "pen") return false;
      this.cancel(this.#pointer);
    }
    this.#pointer = contact;
    this.#stepId = stepId;
    this.#erases = tool === "eraser" || (contact.buttons & eraserButton) !== 0;
    if (!this.#erases && tool !== "eraser") this.sketch.value = this.ink.begin(stepId, tool, colour);
    this.move(contact, [at]);
    return true;
  }

  move(contact: Contact, points: readonly Point[]): void {
    if (contact.pointerId !== this.#pointer?.pointerId) return;
    this.sketch.peek()?.add(points);
    if (this.#erases) this.#erase(points);
  }

  up(contact: Contact): void {
    const sketch = this.#let(contact);
    if (!sketch) return;
    sketch.finish();
    this.sketch.value = undefined;
  }

  /** The system took the pointer away: what a pen or a mouse wrote stays, what a finger began was a gesture. */
  cancel(contact: Contact): void {
    if (contact.pointerId !== this.#pointer?.pointerId) return;
    if (contact.pointerType !== "touch") {
      this.up(contact);
      return;
    }
    this.#let(contact, true)?.cancel();
    this.sketch.value = undefined;
  }

  #isPalm(contact: Contact): boolean {
    return Math.max(contact.width, contact.height) > palm || this.now() - this.#penLeftAt < restsFor;
  }

  #let(contact: Contact, drop = false): Sketch | undefined {
    if (contact.pointerId !== this.#pointer?.pointerId) return undefined;
    if (this.#pointer.pointerType === "pen") this.#penLeftAt = this.now();
    this.#pointer = undefined;
    if (this.#erases && !drop) this.ink.erase(this.#stepId, [...this.erasing.peek()]);
    this.#erases = false;
    this.erasing.value = new Set();
    return this.sketch.peek();
  }

  #erase(points: readonly Point[]): void {
    const left = this.ink.over(this.#stepId).filter((s) => !this.erasing.peek().has(s.id));
    const touched = left.filter((s) => points.some((at) => touches(s.points, at, reach))).map((s) => s.id);
    if (touched.length > 0) this.erasing.value = new Set([...this.erasing.peek(), ...touched]);
  }
}
