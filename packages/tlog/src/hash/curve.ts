import { concat } from "../bytes.ts";
import { sha512 } from "./sha512.ts";

// Ed25519 verification by hand (RFC 8032, 5.1.7), for browsers whose WebCrypto does not know Ed25519 and for pages
// without https. It handles public values only, so it need not hide how long it takes.
const p = 2n ** 255n - 19n;
const order = 2n ** 252n + 27742317777372353535851937790883648493n;
const mod = (x: bigint): bigint => {
  const rest = x % p;
  return rest < 0n ? rest + p : rest;
};

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let square = base, left = exponent; left > 0n; left >>= 1n, square = (square * square) % p)
    if (left & 1n) result = (result * square) % p;
  return result;
}

const inverse = (x: bigint): bigint => power(x, p - 2n);
const d = mod(-121665n * inverse(121666n));
const rootOfMinusOne = power(2n, (p - 1n) / 4n);

/** A point in extended coordinates: x = X/Z, y = Y/Z, xy = T/Z. */
type Point = readonly [x: bigint, y: bigint, z: bigint, t: bigint];
const zero: Point = [0n, 1n, 1n, 0n];

/** Addition that holds for all points of the curve (RFC 8032, 5.1.4). */
function add([x1, y1, z1, t1]: Point, [x2, y2, z2, t2]: Point): Point {
  const a = ((y1 - x1 + p) * (y2 - x2 + p)) % p;
  const b = ((y1 + x1) * (y2 + x2)) % p;
  const c = (((2n * d * t1) % p) * t2) % p;
  const f = 2n * z1 * z2;
  const [e, g, h, i] = [b - a, f - c, f + c, b + a];
  return [mod(e * g), mod(h * i), mod(g * h), mod(e * i)];
}

const little = (bytes: Uint8Array): bigint => bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

/** The point that 32 bytes stand for, or nothing when they stand for none (RFC 8032, 5.1.3). */
function decode(bytes: Uint8Array): Point | undefined {
  const whole = little(bytes);
  const odd = whole >> 255n;
  const y = whole & ((1n << 255n) - 1n);
  if (y >= p) return undefined;
  const u = mod(y * y - 1n);
  const v = mod(d * y * y + 1n);
  let x = mod(u * power(v, 3n) * power(mod(u * power(v, 7n)), (p - 5n) / 8n));
  const check = mod(v * x * x);
  if (check === mod(-u)) x = (x * rootOfMinusOne) % p;
  else if (check !== u) return undefined;
  if (x === 0n && odd) return undefined;
  if ((x & 1n) !== odd) x = p - x;
  return [x, y, 1n, (x * y) % p];
}

const baseY = mod(4n * inverse(5n));
const base = decode(Uint8Array.from({ length: 32 }, (_, i) => Number((baseY >> BigInt(8 * i)) & 255n)))!;

/** Whether `signature` (64 bytes) is that of `publicKey` (32 bytes) on `message`. */
export function verifyByHand(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  const key = decode(publicKey);
  const commitment = decode(signature.subarray(0, 32));
  const s = little(signature.subarray(32));
  if (!key || !commitment || s >= order) return false;
  const k = little(sha512(concat(signature.subarray(0, 32), publicKey, message))) % order;
  // s·B − k·A must be R; both products are built together, bit by bit.
  const [x, y, z, t] = key;
  const minusKey: Point = [mod(-x), y, z, mod(-t)];
  const both = add(base, minusKey);
  let sum = zero;
  for (let bit = 252n; bit >= 0n; bit -= 1n) {
    sum = add(sum, sum);
    const pick = ((s >> bit) & 1n) + 2n * ((k >> bit) & 1n);
    if (pick) sum = add(sum, pick === 3n ? both : pick === 1n ? base : minusKey);
  }
  return (
    mod(sum[0] * commitment[2] - commitment[0] * sum[2]) === 0n &&
    mod(sum[1] * commitment[2] - commitment[1] * sum[2]) === 0n
  );
}
