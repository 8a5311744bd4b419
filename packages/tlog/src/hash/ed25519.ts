import { concat, fromHex, type Bytes } from "../bytes.ts";

/** A private key of Ed25519 in PKCS #8 is this and the 32 bytes of its seed (RFC 8410). */
const pkcs8 = fromHex("302e020100300506032b657004220420");

/** Whether a signature (64 bytes) is that of a public key (32 bytes); by WebCrypto where it can, else by hand. */
export async function verifyEd25519(publicKey: Bytes, message: Bytes, signature: Bytes): Promise<boolean> {
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  const key = await subtle?.importKey("raw", publicKey, "Ed25519", false, ["verify"]).catch(() => undefined);
  if (subtle && key) return subtle.verify("Ed25519", key, signature, message);
  // Fetched only where it is needed: it takes a phone longer to make ready than all the rest together.
  return (await import("./curve.ts")).verifyByHand(publicKey, message, signature);
}

/** A private key kept by its 32 bytes; signs, and knows its public half. */
export type PrivateKey = { publicKey: Bytes; sign(message: Bytes): Promise<Bytes> };

/** @throws when the seed is not 32 bytes, or this platform cannot sign with Ed25519 */
export async function privateKey(seed: Bytes): Promise<PrivateKey> {
  const key = await crypto.subtle.importKey("pkcs8", concat(pkcs8, seed), "Ed25519", true, ["sign"]);
  const { x } = await crypto.subtle.exportKey("jwk", key);
  const text = atob(x!.replaceAll("-", "+").replaceAll("_", "/"));
  return {
    publicKey: Uint8Array.from(text, (letter) => letter.charCodeAt(0)),
    sign: async (message) => new Uint8Array(await crypto.subtle.sign("Ed25519", key, message)),
  };
}

export const newSeed = (): Bytes => crypto.getRandomValues(new Uint8Array(32));
