/**
 * Ids that every installation computes alike: UUID version 5 (RFC 9562, section 5.5) of the code and the day it came
 * into force, so that two imports of one pack agree and a phone can name an area before it has met the server.
 */

const namespace = "6c696e67-6500-5465-8272-69746f727900";

/** Id of the version of an area that is in force from `validFrom`. */
export function areaId(code: string, validFrom: string): string {
  return uuidV5(`area/${code}@${validFrom}`);
}

/** Id of an organisation by its own key. */
export function organisationId(key: string): string {
  return uuidV5(`organisation/${key}`);
}

function uuidV5(name: string): string {
  const prefix = Uint8Array.from(namespace.replaceAll("-", "").match(/../gu)!, (pair) => parseInt(pair, 16));
  const text = new TextEncoder().encode(name);
  const bytes = new Uint8Array(prefix.length + text.length);
  bytes.set(prefix);
  bytes.set(text, prefix.length);
  const digest = sha1(bytes).subarray(0, 16);
  digest[6] = (digest[6]! & 0x0f) | 0x50;
  digest[8] = (digest[8]! & 0x3f) | 0x80;
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** SHA-1 (FIPS 180-4); here because Web Crypto only answers asynchronously. For names, not for secrets. */
function sha1(message: Uint8Array): Uint8Array {
  const length = Math.ceil((message.length + 9) / 64) * 64;
  const padded = new Uint8Array(length);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(length - 4, message.length * 8);
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  for (let block = 0; block < length; block += 64) absorb(state, view, block);
  const digest = new DataView(new ArrayBuffer(20));
  state.forEach((word, i) => digest.setUint32(i * 4, word >>> 0));
  return new Uint8Array(digest.buffer);
}

const rotate = (word: number, by: number) => (word << by) | (word >>> (32 - by));

function absorb(state: number[], view: DataView, block: number): void {
  const words = new Int32Array(80);
  for (let i = 0; i < 16; i++) words[i] = view.getInt32(block + i * 4);
  for (let i = 16; i < 80; i++) {
    words[i] = rotate(words[i - 3]! ^ words[i - 8]! ^ words[i - 14]! ^ words[i - 16]!, 1);
  }
  let [a, b, c, d, e] = state as [number, number, number, number, number];
  for (let i = 0; i < 80; i++) {
    const mixed =
      i < 20
        ? ((b & c) | (~b & d)) + 0x5a827999
        : i < 40
          ? (b ^ c ^ d) + 0x6ed9eba1
          : i < 60
            ? ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc
            : (b ^ c ^ d) + 0xca62c1d6;
    [a, b, c, d, e] = [(rotate(a, 5) + mixed + e + words[i]!) | 0, a, rotate(b, 30), c, d];
  }
  [a, b, c, d, e].forEach((word, i) => (state[i] = (state[i]! + word) | 0));
}
