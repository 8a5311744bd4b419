import fc from "fast-check";
import { expect, it } from "vitest";
import { hexOf, sameBytes, textOf } from "../src/bytes.ts";
import { TlogError } from "../src/error.ts";
import { newSeed, privateKey } from "../src/hash/ed25519.ts";
import { canonical } from "../src/ledger/canonical.ts";
import { commitmentTo, opens, sealWords } from "../src/ledger/commitment.ts";
import { checkReceipt, entryOf, parseReceipt, proofFileOf, proofLines, type Receipt } from "../src/ledger/receipt.ts";
import { checkpointText } from "../src/note/checkpoint.ts";
import { namedKey, noteType, verifierKey } from "../src/note/key.ts";
import { formatNote, signNote } from "../src/note/note.ts";
import { checkProof, parseProof } from "../src/note/proofFile.ts";
import { leafHash, rootOver } from "../src/tree/hashes.ts";
import { proveInclusion } from "../src/tree/inclusion.ts";
import { makeCity, seeded } from "./city.ts";

const json = fc.jsonValue();

it("writes one text for one value, whatever the order of its fields", () => {
  fc.assert(
    fc.property(json, (value) => {
      const text = canonical(value);
      expect(canonical(JSON.parse(text))).toBe(text);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
  expect(canonical({ b: 1, a: [{ d: undefined, c: "x" }] })).toBe('{"a":[{"c":"x"}],"b":1}');
});

it("commits so that only the value and the salt open it", () => {
  fc.assert(
    fc.property(json, json, fc.uint8Array({ minLength: 32, maxLength: 32 }), (value, other, bytes) => {
      const salt = Uint8Array.from(bytes);
      const commitment = commitmentTo(value, salt);
      expect(opens(commitment, value, salt)).toBe(true);
      expect(opens(commitment, other, salt)).toBe(canonical(other) === canonical(value));
      salt[0]! ^= 1;
      expect(opens(commitment, value, salt)).toBe(false);
    }),
  );
  expect(opens(commitmentTo(1, new Uint8Array(31)), 1, new Uint8Array(31))).toBe(false);
});

it("keeps no word of what people wrote in the sealed fact", () => {
  const { fact, words } = sealWords(
    { kind: "handled", subject: "c", at: "t", data: { unitId: "u", answer: "灯泡换了" } },
    newSeed,
  );
  expect(JSON.stringify(fact)).not.toContain("灯泡");
  expect(fact.data.unitId).toBe("u");
  expect(words.answer!.text).toBe("灯泡换了");
});

async function someReceipt(): Promise<{ receipt: Receipt; key: ReturnType<typeof namedKey> }> {
  const { rows } = makeCity(4, seeded(3));
  const secret = await privateKey(newSeed());
  const key = namedKey("linge.example/ledger", noteType, secret.publicKey);
  const leaves = rows.map((row) => leafHash(row.commitment));
  const text = checkpointText({ origin: key.name, size: rows.length, root: rootOver(leaves) });
  const checkpoint = formatNote({ text, signatures: [await signNote(text, key, secret)] });
  const facts = await Promise.all(
    rows
      .filter((row) => row.fact!.subject === "case-2")
      .map(async ({ index, fact, salt, words }) => {
        const proof = await proveInclusion(
          (level, at) => rootOver(leaves.slice(at * 2 ** level, (at + 1) * 2 ** level)),
          index,
          rows.length,
        );
        return { fact: fact!, salt: salt!, words, index, proof: proofLines(proof) };
      }),
  );
  return {
    receipt: { format: "linge-receipt/1", key: verifierKey(key), number: "7K3A-482C", checkpoint, facts, waiting: 0 },
    key,
  };
}

it("checks a receipt by itself, and finds every change in it", async () => {
  const { receipt, key } = await someReceipt();
  const whole = parseReceipt(JSON.stringify(receipt));
  expect((await checkReceipt(whole, key)).faults).toEqual([]);
  const spoilt = structuredClone(whole);
  spoilt.facts[3]!.fact.data.satisfaction = 6;
  expect((await checkReceipt(spoilt)).faults).toMatchObject([{ code: "notInLog", kind: "rated" }]);
  const reworded = structuredClone(whole);
  reworded.facts[1]!.words!.answer!.text = "done";
  expect((await checkReceipt(reworded)).faults).toMatchObject([
    { code: "wordsAltered", kind: "handled", field: "answer" },
  ]);
  const moved = structuredClone(whole);
  moved.facts[0]!.index += 1;
  expect((await checkReceipt(moved)).faults).toMatchObject([{ code: "notInLog", kind: "reported" }]);
  const forged = { ...whole, checkpoint: whole.checkpoint.replace("\n16\n", "\n17\n") };
  await expect(checkReceipt(forged)).rejects.toMatchObject({ code: "badSignature" });
  const { key: other } = await someReceipt();
  await expect(checkReceipt(whole, other)).rejects.toMatchObject({ code: "unknownKey" });
});

it("gives each fact as a tlog-proof file that stands on its own", async () => {
  const { receipt, key } = await someReceipt();
  const file = parseProof(proofFileOf(receipt, receipt.facts[1]!));
  const opened = JSON.parse(textOf(file.extra!)) as Receipt["facts"][number];
  expect(sameBytes(entryOf(opened), entryOf(receipt.facts[1]!))).toBe(true);
  expect((await checkProof(file, leafHash(entryOf(opened)), key)).checkpoint.size).toBe(16);
});

it.each([
  "",
  "{}",
  "null",
  "[]",
  '{"format":"linge-receipt/1"}',
  '{"format":"linge-receipt/1","key":"","checkpoint":"","facts":[null]}',
])("refuses %s as a receipt", (text) =>
  expect(() => parseReceipt(text)).toThrowError(expect.objectContaining({ code: "malformed" })),
);

it("never fails otherwise than by saying what is wrong, whatever is done to a receipt", async () => {
  const { receipt, key } = await someReceipt();
  const text = JSON.stringify(receipt);
  await fc.assert(
    fc.asyncProperty(fc.nat(text.length - 1), fc.nat(40), fc.string({ maxLength: 6 }), async (at, cut, put) => {
      const spoilt = text.slice(0, at) + put + text.slice(at + cut);
      try {
        const { faults } = await checkReceipt(parseReceipt(spoilt), key);
        const same = canonical((JSON.parse(spoilt) as Receipt).facts) === canonical(receipt.facts);
        if (!same && faults.length === 0) expect((JSON.parse(spoilt) as Receipt).facts.length).toBeLessThanOrEqual(4);
      } catch (error) {
        expect(error).toBeInstanceOf(TlogError);
      }
    }),
    { numRuns: 600 },
  );
});

it.each([
  ["words that are none", (fact: Record<string, unknown>) => (fact.words = { answer: null })],
  ["a salt too short", (fact: Record<string, unknown>) => (fact.salt = "00")],
  ["a proof of numbers", (fact: Record<string, unknown>) => (fact.proof = [1])],
  ["data that is a list", (fact: Record<string, unknown>) => (fact.fact = { kind: "", subject: "", at: "", data: [] })],
])("refuses a receipt with %s", async (_, spoil) => {
  const spoilt = structuredClone((await someReceipt()).receipt);
  spoil(spoilt.facts[0] as unknown as Record<string, unknown>);
  expect(() => parseReceipt(JSON.stringify(spoilt))).toThrowError(expect.objectContaining({ code: "malformed" }));
});

it("has hex that is read as it is written", () => expect(hexOf(Uint8Array.of(0, 171))).toBe("00ab"));
