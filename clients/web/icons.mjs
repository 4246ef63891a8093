// The mark as pictures for a phone's home screen, drawn by the build from the strokes of public/mark.svg: no program that draws is needed.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";

const sky = [0x0a, 0x6f, 0x80];
const white = [255, 255, 255];
const sun = [0xf3, 0xb5, 0x30];

const cubic = ([ax, ay], [bx, by], [cx, cy], [dx, dy]) =>
  Array.from({ length: 25 }, (_, i) => {
    const t = i / 24;
    const u = 1 - t;
    const at = (a, b, c, d) => u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d;
    return [at(ax, bx, cx, dx), at(ay, by, cy, dy)];
  });
const leaf = [...cubic([27, 24], [25, 15], [13, 15], [13, 23]), ...cubic([13, 23], [13, 28], [19, 29], [20, 25])];
const strokes = [
  [
    [27, 42],
    [27, 22],
  ],
  leaf,
  leaf.map(([x, y]) => [54 - x, y]),
];

const toSegment = (x, y, [ax, ay], [bx, by]) => {
  const length = (bx - ax) ** 2 + (by - ay) ** 2;
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length));
  return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay));
};
const toStrokes = (x, y) => Math.min(...strokes.flatMap((points) => points.slice(1).map((to, i) => toSegment(x, y, points[i], to))));
const outOfCorner = (x, y) => Math.hypot(Math.max(0, Math.abs(x - 27) - 11), Math.max(0, Math.abs(y - 27) - 11)) - 16;

/** @param whole to the edges, the mark smaller: the phone cuts its own shape out of it */
function draw(size, whole) {
  const rows = Buffer.alloc(size * (1 + size * 4));
  const scale = (54 / size) * (whole ? 1.25 : 1);
  const cover = (distance) => Math.max(0, Math.min(1, 0.5 - distance / scale));
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const x = 27 + (column + 0.5 - size / 2) * scale;
      const y = 27 + (row + 0.5 - size / 2) * scale;
      const line = cover(toStrokes(x, y) - 1.7);
      const dot = cover(Math.hypot(x - 27, y - 14) - 3.4);
      const at = row * (1 + size * 4) + 1 + column * 4;
      for (let c = 0; c < 3; c++) rows[at + c] = Math.round((sky[c] * (1 - line) + white[c] * line) * (1 - dot) + sun[c] * dot);
      rows[at + 3] = whole ? 255 : Math.round(255 * cover(outOfCorner(x, y)));
    }
  }
  return png(size, rows);
}

const table = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});
const crc = (bytes) => {
  let c = 0xffffffff;
  for (const byte of bytes) c = table[(c ^ byte) & 255] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
};
function chunk(type, data) {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc(named), 4);
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
}
function png(size, rows) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", deflateSync(rows, { level: 9 })), chunk("IEND", Buffer.alloc(0))]);
}

export function writeIcons(folder) {
  for (const [name, size, whole] of [
    ["icon-192", 192, false],
    ["icon-512", 512, false],
    ["icon-whole-512", 512, true],
    ["icon-whole-180", 180, true],
  ])
    writeFileSync(join(folder, `${name}.png`), draw(size, whole));
}
