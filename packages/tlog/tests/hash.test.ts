import fc from "fast-check";
import { createHash, createHmac, generateKeyPairSync, sign } from "node:crypto";
import { expect, it, vi } from "vitest";
import { fromHex, hexOf, utf8, type Bytes } from "../src/bytes.ts";
import { verifyByHand } from "../src/hash/curve.ts";
import { privateKey, verifyEd25519 } from "../src/hash/ed25519.ts";
import { hmacSha256, sha256 } from "../src/hash/sha256.ts";
import { sha512 } from "../src/hash/sha512.ts";

const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((each) => Uint8Array.from(each));

it.each([
  ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
  ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
  [
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
  ],
])("hashes %s as FIPS 180-4 says", (text, digest) => expect(hexOf(sha256(utf8(text)))).toBe(digest));

it("hashes and authenticates as the platform does, whatever the length", () => {
  fc.assert(
    fc.property(bytes(3000), bytes(64), (message, key) => {
      expect(hexOf(sha256(message))).toBe(createHash("sha256").update(message).digest("hex"));
      expect(hexOf(sha512(message))).toBe(createHash("sha512").update(message).digest("hex"));
      expect(hexOf(hmacSha256(key, message))).toBe(createHmac("sha256", key).update(message).digest("hex"));
    }),
    { numRuns: 60 },
  );
});

// RFC 8032, 7.1: tests 1, 2 and 3.
const rfc8032: [seed: string, key: string, message: string, signature: string][] = [
  [
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    "",
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
  ],
  [
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    "72",
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  ],
  [
    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    "af82",
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
  ],
];

it.each(rfc8032)("signs and verifies vector %s of RFC 8032, by the platform and by hand", async (...vector) => {
  const [seed, key, message, signature] = vector.map(fromHex) as [Bytes, Bytes, Bytes, Bytes];
  const secret = await privateKey(seed);
  expect(hexOf(secret.publicKey)).toBe(hexOf(key));
  expect(hexOf(await secret.sign(message))).toBe(hexOf(signature));
  expect(await verifyEd25519(key, message, signature)).toBe(true);
  expect(verifyByHand(key, message, signature)).toBe(true);
});

it("verifies by hand where the platform does not know Ed25519, or is not there", async () => {
  const [, key, message, signature] = rfc8032[2]!.map(fromHex) as [Bytes, Bytes, Bytes, Bytes];
  const subtle = vi.spyOn(crypto.subtle, "importKey").mockRejectedValue(new DOMException("no", "NotSupportedError"));
  expect(await verifyEd25519(key, message, signature)).toBe(true);
  expect(await verifyEd25519(key, utf8("other"), signature)).toBe(false);
  subtle.mockRestore();
  vi.stubGlobal("crypto", undefined);
  expect(await verifyEd25519(key, message, signature)).toBe(true);
  vi.unstubAllGlobals();
});

it("agrees with the platform on good and on spoilt signatures", () => {
  fc.assert(
    fc.property(bytes(200), fc.nat(511), (message, bit) => {
      const pair = generateKeyPairSync("ed25519");
      const key = Uint8Array.from(Buffer.from(pair.publicKey.export({ format: "jwk" }).x!, "base64url"));
      const signature = Uint8Array.from(sign(null, message, pair.privateKey));
      expect(verifyByHand(key, message, signature)).toBe(true);
      signature[bit >> 3]! ^= 1 << (bit & 7);
      expect(verifyByHand(key, message, signature)).toBe(false);
    }),
    { numRuns: 25 },
  );
});

it("refuses a signature whose scalar was made larger by the group's order", () => {
  const [, key, message, signature] = rfc8032[1]!.map(fromHex) as [Bytes, Bytes, Bytes, Bytes];
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  let s = order;
  for (let i = 31; i >= 0; i -= 1) s += BigInt(signature[32 + i]!) << BigInt(8 * i);
  for (let i = 0; i < 32; i += 1) signature[32 + i] = Number((s >> BigInt(8 * i)) & 255n);
  expect(verifyByHand(key, message, signature)).toBe(false);
});
