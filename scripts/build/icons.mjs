// The app's icon as PNG, drawn from the same shapes as public/icon.svg: some launchers take no SVG.
import * as zlib from "node:zlib";

const GROUND = [0x00, 0x5f, 0x73];
const WHITE = [0xff, 0xff, 0xff];

// Distances to the shapes, negative inside, in the SVG's 96 units.
const box = (x, y, left, top, right, bottom, radius) => {
  const dx = Math.abs(x - (left + right) / 2) - (right - left) / 2 + radius;
  const dy = Math.abs(y - (top + bottom) / 2) - (bottom - top) / 2 + radius;
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
};
const stroke = (x, y, [ax, ay], [bx, by], width) => {
  const t = Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)));
  return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay)) - width / 2;
};
const paper = (x, y) => box(x, y, 24, 26, 72, 68, y > 47 ? 6 : 0);
const tick = (x, y) => Math.min(stroke(x, y, [34, 46], [44, 56], 7), stroke(x, y, [44, 56], [63, 36], 7));

const crcTable = Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n >>> 0;
});
// Node has it since version 20.15.
const crc = zlib.crc32 ?? ((bytes) => {
  let c = 0xffffffff;
  for (const byte of bytes) c = crcTable[(c ^ byte) & 255] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
});

function chunk(kind, data) {
  const body = Buffer.concat([Buffer.from(kind, "latin1"), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc(body) >>> 0, body.length + 4);
  return out;
}

// `bleed`: the ground runs to the edge, for launchers that cut the icon to a shape of their own.
export function icon(size, bleed) {
  const rows = Buffer.alloc((size * 4 + 1) * size);
  const scale = 96 / size;
  const cover = (distance) => Math.max(0, Math.min(1, 0.5 - distance / scale));
  for (let py = 0; py < size; py++) {
    for (let px = 0; px < size; px++) {
      const x = (px + 0.5) * scale, y = (py + 0.5) * scale;
      const white = cover(paper(x, y)) * (1 - cover(tick(x, y)));
      const at = py * (size * 4 + 1) + 1 + px * 4;
      for (let c = 0; c < 3; c++) rows[at + c] = Math.round(GROUND[c] + (WHITE[c] - GROUND[c]) * white);
      rows[at + 3] = bleed ? 255 : Math.round(255 * cover(box(x, y, 0, 0, 96, 96, 20)));
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", head), chunk("IDAT", zlib.deflateSync(rows, { level: 9 })), chunk("IEND", Buffer.alloc(0)),
  ]);
}

export const icons = () => ({
  "icon-180.png": icon(180, true), "icon-192.png": icon(192, false), "icon-512.png": icon(512, false),
  "icon-maskable-512.png": icon(512, true),
});
