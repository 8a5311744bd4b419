/** A seeded stream of numbers in [0, 1) (xorshift32, Marsaglia 2003): quick enough for tens of millions of draws. */
export type Random = { next(): number; below(limit: number): number };

class Xorshift implements Random {
  state: number;
  constructor(seed: number) {
    // Spread neighbouring seeds apart (finaliser of splitmix32); a state of zero would stay zero.
    let mixed = (Math.imul(seed | 0, 0x9e3779b9) ^ 0x85ebca6b) | 0;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    this.state = (mixed ^ (mixed >>> 15)) | 0 || 1;
  }

  next(): number {
    let x = this.state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.state = x;
    return (x >>> 0) / 4294967296;
  }

  below(limit: number): number {
    return (this.next() * limit) | 0;
  }
}

export const seededRandom = (seed: number): Random => new Xorshift(seed);
