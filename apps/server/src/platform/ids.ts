import { randomFillSync } from "node:crypto";

/** Asking the system for sixteen bytes costs as much as for many: they are drawn in stock. */
const stock = Buffer.alloc(8_192);
let used = stock.length;

function draw(length: number): Buffer {
  if (used + length > stock.length) {
    randomFillSync(stock);
    used = 0;
  }
  return Buffer.from(stock.subarray(used, (used += length)));
}

let last = 0;
let counter = 0;

/** A UUIDv7 (RFC 9562): milliseconds first, so that rows written together lie together; 12 bits keep order within one. */
export function newId(now = Date.now()): string {
  if (now > last) {
    last = now;
    counter = draw(2).readUInt16BE() & 0x7ff;
  } else if (++counter > 0xfff) {
    last += 1;
    counter = 0;
  }
  const bytes = draw(16);
  bytes.writeUIntBE(last, 0, 6);
  bytes.writeUInt16BE(0x7000 | counter, 6);
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
