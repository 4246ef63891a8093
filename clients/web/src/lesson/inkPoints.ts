// Points of a stroke: on the screen, and as they travel (`InkPoints.cs` says how). Pure.

/** x and y in units of a board of 1920 x 1080, pressure 0..1. */
export type Point = readonly [x: number, y: number, pressure: number];

export const boardWidth = 1920;
export const boardHeight = 1080;
const quarters = 4;
const hardest = 63;
/** The server's own limit of a stroke. */
export const maxPoints = 400;
/** Points nearer to each other than this say nothing more about a line. */
const nearest = 2.5;

const whole = (value: number, scale: number, most: number): number => Math.max(0, Math.min(most * scale, Math.round(value * scale)));

/** A point on the board, whatever the device says; NaN is nowhere. */
export const onBoard = (x: number, y: number, pressure: number): Point | undefined =>
  Number.isFinite(x) && Number.isFinite(y)
    ? [Math.max(0, Math.min(boardWidth, x)), Math.max(0, Math.min(boardHeight, y)), Math.max(0, Math.min(1, pressure || 0))]
    : undefined;

export function encode(points: readonly Point[]): number[] {
  const numbers: number[] = [];
  let before = [0, 0, 0];
  for (const [x, y, pressure] of points) {
    const now = [whole(x, quarters, boardWidth), whole(y, quarters, boardHeight), whole(pressure, hardest, 1)];
    numbers.push(...now.map((n, i) => n - (before[i] ?? 0)));
    before = now;
  }
  return numbers;
}

export function decode(numbers: readonly number[]): Point[] {
  const points: Point[] = [];
  let [x, y, pressure] = [0, 0, 0];
  for (let i = 0; i + 2 < numbers.length; i += 3) {
    x += numbers[i] ?? 0;
    y += numbers[i + 1] ?? 0;
    pressure += numbers[i + 2] ?? 0;
    points.push([x / quarters, y / quarters, pressure / hardest]);
  }
  return points;
}

const distance = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** Whether a line gains anything by this point. */
export const isFar = (last: Point | undefined, next: Point, least = nearest): boolean => !last || distance(last, next) >= least;

/** A stroke with at most so many points: the same line, more coarsely where it is long. Its ends stay. */
export function thinned(points: readonly Point[], most = maxPoints): Point[] {
  for (let least = nearest; ; least *= 1.5) {
    const kept: Point[] = [];
    for (const point of points) if (isFar(kept.at(-1), point, least)) kept.push(point);
    const last = points.at(-1);
    if (last && kept.at(-1) !== last && kept.length > 1) kept[kept.length - 1] = last;
    if (kept.length <= most) return kept;
  }
}

/** Whether a line comes as near as `reach` to a point. */
export function touches(line: readonly Point[], at: Point, reach: number): boolean {
  return line.some((b, i) => {
    const a = line[Math.max(0, i - 1)] ?? b;
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    const length = dx * dx + dy * dy;
    const share = length === 0 ? 0 : Math.max(0, Math.min(1, ((at[0] - a[0]) * dx + (at[1] - a[1]) * dy) / length));
    return Math.hypot(at[0] - a[0] - share * dx, at[1] - a[1] - share * dy) <= reach;
  });
}
