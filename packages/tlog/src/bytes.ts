import { TlogError } from "./error.ts";

/** Bytes that WebCrypto takes: never on shared memory. */
export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export const utf8 = (text: string): Bytes => encoder.encode(text);

/** @throws TlogError malformed, when the bytes are not UTF-8 */
export function textOf(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new TlogError("malformed", "the text is not UTF-8");
  }
}

export function concat(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

const digits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

export function hexOf(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += digits[byte];
  return text;
}

const valueOf = new Map(digits.map((text, byte) => [text, byte]));

/** @throws TlogError malformed */
export function fromHex(text: string): Bytes {
  const bytes = new Uint8Array(text.length >> 1);
  for (let i = 0; i < text.length; i += 2) {
    const byte = valueOf.get(text.slice(i, i + 2));
    if (byte === undefined) throw new TlogError("malformed", `"${text.slice(0, 80)}" is not lowercase hex`);
    bytes[i >> 1] = byte;
  }
  return bytes;
}

/** RFC 4648 section 4, padded. */
export function base64Of(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** Reads padded base64; spare bits at its end are passed over, as most programs do. @throws TlogError malformed */
export function fromBase64(text: string): Bytes {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text))
    throw new TlogError("malformed", `"${text.slice(0, 80)}" is not base64`);
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** A whole number as specifications write it: decimal, no leading zero, within what a double holds exactly. */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^(0|[1-9]\d{0,15})$/.test(text) || !Number.isSafeInteger(value))
    throw new TlogError("malformed", `"${text.slice(0, 80)}" is not a whole number`);
  return value;
}
