import type { Bytes } from "../bytes.ts";
import { cubeRoots, squareRoots } from "./constants.ts";

const low64 = (1n << 64n) - 1n;
const turn = (x: bigint, by: bigint): bigint => ((x >> by) | (x << (64n - by))) & low64;

/** SHA-512 (FIPS 180-4) of a short message; slow, used only where a browser cannot check Ed25519 itself. */
export function sha512(message: Uint8Array): Bytes {
  const padded = new Uint8Array(Math.ceil((message.length + 17) / 128) * 128);
  padded.set(message);
  padded[message.length] = 0x80;
  const words = new DataView(padded.buffer);
  words.setBigUint64(padded.length - 8, BigInt(message.length) * 8n);
  const state = [...squareRoots];
  for (let block = 0; block < padded.length; block += 128) compress(state, words, block);
  const digest = new DataView(new ArrayBuffer(64));
  state.forEach((word, i) => digest.setBigUint64(8 * i, word));
  return new Uint8Array(digest.buffer);
}

function compress(state: bigint[], words: DataView, block: number): void {
  const w = Array.from({ length: 16 }, (_, i) => words.getBigUint64(block + 8 * i));
  for (let i = 16; i < 80; i += 1) {
    const x = w[i - 15]!;
    const y = w[i - 2]!;
    const s0 = turn(x, 1n) ^ turn(x, 8n) ^ (x >> 7n);
    const s1 = turn(y, 19n) ^ turn(y, 61n) ^ (y >> 6n);
    w.push((w[i - 16]! + s0 + w[i - 7]! + s1) & low64);
  }
  let [a, b, c, d, e, f, g, h] = state as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];
  for (let i = 0; i < 80; i += 1) {
    const s1 = turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n);
    const t1 = h + s1 + ((e & f) ^ (~e & g)) + cubeRoots[i]! + w[i]!;
    const s0 = turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n);
    const t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) & low64, c, b, a, (t1 + t2) & low64];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => (state[i] = (state[i]! + word) & low64));
}
