import fc from "fast-check";
import { expect, it } from "vitest";
import { hasOracle, readOracle } from "./oracles.ts";
import { base64Of, fromHex, hexOf, utf8 } from "../src/bytes.ts";
import { newSeed, privateKey } from "../src/hash/ed25519.ts";
import { checkpointText, openCheckpoint, parseCheckpoint } from "../src/note/checkpoint.ts";
import { cosign } from "../src/note/cosignature.ts";
import { cosignatureType, namedKey, noteType, readVerifierKey, verifierKey, type KeyType } from "../src/note/key.ts";
import { checkNote, formatNote, parseNote, signNote } from "../src/note/note.ts";
import { checkProof, formatProof, parseProof } from "../src/note/proofFile.ts";
import { formatAddCheckpoint, judge, type Seen } from "../src/note/witness.ts";
import { leafHash, nodeHash } from "../src/tree/hashes.ts";

// The examples of C2SP signed-note, and of Go's note package.
const examples = [
  [
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
    "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n",
  ],
  [
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n",
  ],
] as const;

it.each(examples)("verifies the example signed by %s", async (vkey, whole) => {
  const key = readVerifierKey(vkey);
  expect(verifierKey(key)).toBe(vkey);
  const note = parseNote(whole);
  expect(formatNote(note)).toBe(whole);
  expect((await checkNote(note, [key])).map((each) => each.key.name)).toEqual([key.name]);
  await expect(checkNote({ ...note, text: note.text.replace("i", "j") }, [key])).rejects.toMatchObject({
    code: "badSignature",
  });
  await expect(checkNote(note, [])).rejects.toMatchObject({ code: "unknownKey" });
});

it.each([
  ["no text apart from signatures", "text\n— a AAAAAAA=\n"],
  ["a tab", "te\txt\n\n— a AAAAAAA=\n"],
  ["a signature that is too short", "text\n\n— a AAAA\n"],
  ["a name with a plus", "text\n\n— a+b AAAAAAA=\n"],
  ["a hyphen for the dash", "text\n\n- a AAAAAAA=\n"],
  ["base64 without its padding", "text\n\n— a AAAAAAA\n"],
  ["no newline at the end", "text\n\n— a AAAAAAA="],
])("refuses a note with %s", (_, whole) =>
  expect(() => parseNote(whole)).toThrowError(expect.objectContaining({ code: "malformed" })),
);

it("refuses a verifier key whose id is not its own", () => {
  expect(() => readVerifierKey(examples[0][0].replace("530d903a", "530d903b"))).toThrowError(/does not have the id/);
});

async function someone(name: string, type: KeyType = noteType) {
  const secret = await privateKey(newSeed());
  return { key: namedKey(name, type, secret.publicKey), secret };
}

const body = { origin: "example.com/behind-the-sofa", size: 20852163, root: new Uint8Array(32).fill(7) };

it("writes and reads checkpoints; keeps extension lines; refuses other forms", () => {
  const text = checkpointText(body);
  expect(text).toBe(`example.com/behind-the-sofa\n20852163\n${base64Of(body.root)}\n`);
  expect(parseCheckpoint(text)).toEqual({ ...body, extensions: [] });
  expect(parseCheckpoint(`${text}more\n`).extensions).toEqual(["more"]);
  const [origin, size, root] = text.split("\n") as [string, string, string];
  for (const wrong of [
    `\n${size}\n${root}\n`,
    `${origin}\n020852163\n${root}\n`,
    `${origin}\n-1\n${root}\n`,
    `${origin}\n${size}\nAAAA\n`,
    `${text}\n`,
    `${origin}\n${size}\n${root}`,
    `${origin}\n${size}\n`,
    `${origin}\n99999999999999999\n${root}\n`,
  ])
    expect(() => parseCheckpoint(wrong)).toThrowError(expect.objectContaining({ code: "malformed" }));
});

it("opens a checkpoint signed by its log and cosigned by a witness, and tells their words apart", async () => {
  const log = await someone(body.origin);
  const witness = await someone("witness.example.com/w1", cosignatureType);
  const text = checkpointText(body);
  const signature = await signNote(text, log.key, log.secret);
  const cosignature = await cosign(text, witness.key, witness.secret, 1_679_315_147);
  const whole = formatNote({ text, signatures: [signature, cosignature] });
  const opened = await openCheckpoint(whole, log.key, [witness.key]);
  expect(opened.checkpoint.size).toBe(body.size);
  expect(opened.witnesses.map(({ key, at }) => [key.name, at])).toEqual([["witness.example.com/w1", 1_679_315_147]]);
  expect((await openCheckpoint(whole, log.key)).witnesses).toEqual([]);
  const later = { ...cosignature, bytes: Uint8Array.from(cosignature.bytes) };
  later.bytes[7]! += 1;
  const forged = formatNote({ text, signatures: [signature, later] });
  await expect(openCheckpoint(forged, log.key, [witness.key])).rejects.toMatchObject({ code: "badSignature" });
  const unsigned = formatNote({ text, signatures: [cosignature] });
  await expect(openCheckpoint(unsigned, log.key, [witness.key])).rejects.toMatchObject({ code: "unknownKey" });
  await expect(openCheckpoint(whole, (await someone("other")).key)).rejects.toMatchObject({ code: "wrongOrigin" });
});

it("writes and reads proof files, and binds an entry to its place", async () => {
  const log = await someone("example.com/log");
  const [a, b] = [leafHash(utf8("a")), leafHash(utf8("b"))];
  const text = checkpointText({ origin: "example.com/log", size: 2, root: nodeHash(a, b) });
  const checkpoint = formatNote({ text, signatures: [await signNote(text, log.key, log.secret)] });
  const file = formatProof({ index: 1, proof: [a], checkpoint });
  expect(file).toBe(`c2sp.org/tlog-proof@v1\nindex 1\n${base64Of(a)}\n\n${checkpoint}`);
  expect((await checkProof(parseProof(file), b, log.key)).checkpoint.size).toBe(2);
  await expect(checkProof(parseProof(file), a, log.key)).rejects.toMatchObject({ code: "badProof" });
  const extra = formatProof({ extra: utf8("age"), index: 0, proof: [], checkpoint: "checkpoint\n" });
  expect(extra).toBe("c2sp.org/tlog-proof@v1\nextra YWdl\nindex 0\n\ncheckpoint\n");
  expect(hexOf(parseProof(extra).extra!)).toBe(hexOf(utf8("age")));
  for (const wrong of [
    "extra !!notbase64!!\nindex 0\n\nc\n",
    "\n\nc\n",
    "index notanumber\n\nc\n",
    "index -5\n\nc\n",
    "index 0\n!!notbase64!!\n\nc\n",
    "index 0\nAAAA\n\nc\n",
    "index 0",
  ])
    expect(() => parseProof(`c2sp.org/tlog-proof@v1\n${wrong}`)).toThrowError(
      expect.objectContaining({ code: "malformed" }),
    );
});

type Vectors = {
  origin: string;
  key: string;
  requests: { name: string; body: string; status: number; said: string }[];
};

it.skipIf(!hasOracle("witness.json"))("judges as a witness must, in the order of the Sigsum vectors", async () => {
  const { origin, key, requests } = JSON.parse(readOracle("witness.json")) as Vectors;
  const log = namedKey(origin, noteType, fromHex(key));
  let seen: Seen | undefined;
  const answers: [string, number][] = [];
  for (const { name, body: request, status, said } of requests) {
    const verdict = await judge(request, [log], () => seen);
    answers.push([name, verdict.status]);
    if (verdict.status === 200) seen = verdict.checkpoint;
    if (verdict.status === 409) expect(`${verdict.size}\n`).toBe(said);
    expect([name, verdict.status]).toEqual([name, status]);
  }
  expect(answers.length).toBeGreaterThan(8);
});

it("answers anything at all with a status, never with a crash", async () => {
  const log = await someone("example.com/log");
  const text = checkpointText({ origin: "example.com/log", size: 5, root: new Uint8Array(32) });
  const checkpoint = formatNote({ text, signatures: [await signNote(text, log.key, log.secret)] });
  const whole = formatAddCheckpoint({ old: 3, proof: [new Uint8Array(32)], checkpoint });
  await fc.assert(
    fc.asyncProperty(
      fc.nat(whole.length),
      fc.nat(30),
      fc.string({ unit: "binary", maxLength: 4 }),
      async (at, cut, put) => {
        const { status } = await judge(whole.slice(0, at) + put + whole.slice(at + cut), [log.key], () => undefined);
        expect([400, 403, 404, 409, 422]).toContain(status);
      },
    ),
    { numRuns: 500 },
  );
});

it("never cosigns two histories", async () => {
  const log = await someone("example.com/log");
  const signed = async (size: number, fill: number): Promise<string> => {
    const text = checkpointText({ origin: "example.com/log", size, root: new Uint8Array(32).fill(fill) });
    return formatNote({ text, signatures: [await signNote(text, log.key, log.secret)] });
  };
  const first = await judge(
    formatAddCheckpoint({ old: 0, proof: [], checkpoint: await signed(5, 1) }),
    [log.key],
    () => undefined,
  );
  expect(first.status).toBe(200);
  const seen = first.status === 200 ? first.checkpoint : undefined;
  const asked = async (old: number, size: number, fill: number): Promise<number> =>
    (await judge(formatAddCheckpoint({ old, proof: [], checkpoint: await signed(size, fill) }), [log.key], () => seen))
      .status;
  expect(await asked(5, 5, 1)).toBe(200);
  expect(await asked(5, 5, 2)).toBe(422);
  expect(await asked(5, 6, 2)).toBe(422);
  expect(await asked(0, 6, 2)).toBe(409);
  expect(await asked(6, 5, 1)).toBe(400);
});
