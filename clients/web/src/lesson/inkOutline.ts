import { getStroke } from "perfect-freehand";
import type { InkTool } from "../protocol/types";
import type { Point } from "./inkPoints";

const shapes = {
  pen: { size: 9, thinning: 0.6, smoothing: 0.5, streamline: 0.25, simulatePressure: false },
  highlighter: { size: 40, thinning: 0, smoothing: 0.5, streamline: 0.25, simulatePressure: false },
};

/** A stroke as a filled outline, thicker where it was pressed harder. A tap is a dot. */
export function outlineOf(tool: InkTool, points: readonly Point[]): string {
  const outline = getStroke(points as [number, number, number][], shapes[tool]);
  const [first] = outline;
  if (!first) return "";
  const middles = outline.map(([x = 0, y = 0], i) => {
    const [nextX = 0, nextY = 0] = outline[(i + 1) % outline.length] ?? [];
    return `${short(x)} ${short(y)} ${short((x + nextX) / 2)} ${short((y + nextY) / 2)}`;
  });
  return `M${short(first[0] ?? 0)} ${short(first[1] ?? 0)}Q${middles.join(" ")}Z`;
}

const short = (n: number): number => Math.round(n * 10) / 10;
