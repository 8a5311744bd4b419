import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasOracle, readOracle } from "./oracles.ts";
import { fromBase64, fromHex, hexOf, utf8 } from "../src/bytes.ts";
import { append, emptyFrontier, rootOfFrontier } from "../src/tree/frontier.ts";
import { emptyRoot, leafHash, rootOver, type Hash } from "../src/tree/hashes.ts";
import { isConsistent, proveConsistency } from "../src/tree/consistency.ts";
import { isIncluded, proveInclusion } from "../src/tree/inclusion.ts";
import type { Subtrees } from "../src/tree/subtrees.ts";

const leaf = (n: number): Hash => leafHash(utf8(`leaf ${n}`));
const leaves = Array.from({ length: 600 }, (_, n) => leaf(n));
const subtrees: Subtrees = (level, index) => rootOver(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level));

function rootOfFirst(size: number): Hash {
  const frontier = emptyFrontier();
  for (const each of leaves.slice(0, size)) append(frontier, each);
  return rootOfFrontier(frontier);
}
const roots = Array.from({ length: leaves.length + 1 }, (_, size) => rootOfFirst(size));

it("has the roots of the reference tree of Certificate Transparency", () => {
  const entries = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
  const expected = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ];
  const frontier = emptyFrontier();
  expect(hexOf(rootOfFrontier(frontier))).toBe(expected[0]);
  entries.forEach((entry, i) => {
    append(frontier, leafHash(fromHex(entry)));
    expect(hexOf(rootOfFrontier(frontier))).toBe(expected[i + 1]);
  });
});

it("gives one root whether leaves are appended one by one or hashed as a row", () => {
  for (let size = 1; size < leaves.length; size += 7)
    expect(hexOf(rootOver(leaves.slice(0, size)))).toBe(hexOf(roots[size]!));
});

const sizeAndIndex = fc
  .integer({ min: 1, max: leaves.length })
  .chain((size) => fc.tuple(fc.constant(size), fc.integer({ min: 0, max: size - 1 })));

it("proves every leaf in every tree, and nothing else", async () => {
  await fc.assert(
    fc.asyncProperty(sizeAndIndex, fc.nat(), async ([size, index], spoil) => {
      const proof = await proveInclusion(subtrees, index, size);
      expect(isIncluded(leaves[index]!, index, size, proof, roots[size]!)).toBe(true);
      expect(isIncluded(leaf(1_000), index, size, proof, roots[size]!)).toBe(false);
      if (size > 1) expect(isIncluded(leaves[index]!, (index + 1) % size, size, proof, roots[size]!)).toBe(false);
      expect(isIncluded(leaves[index]!, index, size, [...proof, leaf(0)], roots[size]!)).toBe(false);
      if (proof.length === 0) return;
      expect(isIncluded(leaves[index]!, index, size, proof.slice(1), roots[size]!)).toBe(false);
      const altered = proof.map((hash) => Uint8Array.from(hash));
      altered[spoil % altered.length]![spoil % 32]! ^= 1;
      expect(isIncluded(leaves[index]!, index, size, altered, roots[size]!)).toBe(false);
    }),
    { numRuns: 400 },
  );
});

it("proves that a tree continues an older one, and refuses one that does not", async () => {
  await fc.assert(
    fc.asyncProperty(sizeAndIndex, fc.nat(), async ([size, old], spoil) => {
      const proof = await proveConsistency(subtrees, old, size);
      expect(isConsistent(old, size, roots[old]!, roots[size]!, proof)).toBe(true);
      if (old === 0) return;
      expect(isConsistent(old, size, leaf(0), roots[size]!, proof)).toBe(old === 1);
      expect(isConsistent(old, size, roots[old]!, leaf(1_000), proof)).toBe(false);
      const altered = proof.map((hash) => Uint8Array.from(hash));
      altered[spoil % altered.length]![spoil % 32]! ^= 1;
      expect(isConsistent(old, size, roots[old]!, roots[size]!, altered)).toBe(false);
      expect(isConsistent(old, size, roots[old]!, roots[size]!, [...proof, leaf(0)])).toBe(false);
      expect(isConsistent(old, size, roots[old]!, roots[size]!, proof.slice(0, -1))).toBe(false);
    }),
    { numRuns: 400 },
  );
});

it("refuses to prove what is not there", async () => {
  await expect(proveInclusion(subtrees, 5, 5)).rejects.toMatchObject({ code: "outOfRange" });
  await expect(proveConsistency(subtrees, 6, 5)).rejects.toMatchObject({ code: "outOfRange" });
  expect(isConsistent(6, 5, roots[5]!, roots[5]!, [])).toBe(false);
  expect(isConsistent(0, 0, emptyRoot(), emptyRoot(), [])).toBe(true);
});

type Vector = { file: string; wantErr: boolean; proof: string[] | null };
type Inclusion = Vector & { leafIdx: number; treeSize: number; root: string; leafHash: string };
type Consistency = Vector & { size1: number; size2: number; root1: string; root2: string };

describe.skipIf(!hasOracle("merkle.json"))("vectors of transparency-dev", () => {
  const read = hasOracle("merkle.json") ? readOracle("merkle.json") : '{"inclusion":[],"consistency":[]}';
  const vectors = JSON.parse(read) as { inclusion: Inclusion[]; consistency: Consistency[] };
  const hashes = (lines: string[] | null): Hash[] => (lines ?? []).map(fromBase64);

  it("inclusion", () => {
    const wrong = vectors.inclusion.filter(
      ({ leafIdx, treeSize, root, leafHash: hash, proof, wantErr }) =>
        isIncluded(fromBase64(hash ?? ""), leafIdx, treeSize, hashes(proof), fromBase64(root ?? "")) === wantErr,
    );
    expect(vectors.inclusion.length).toBeGreaterThan(50);
    expect(wrong.map((each) => each.file)).toEqual([]);
  });

  it("consistency", () => {
    const wrong = vectors.consistency.filter(
      ({ size1, size2, root1, root2, proof, wantErr }) =>
        isConsistent(size1, size2, fromBase64(root1 ?? ""), fromBase64(root2 ?? ""), hashes(proof)) === wantErr,
    );
    expect(vectors.consistency.length).toBeGreaterThan(50);
    expect(wrong.map((each) => each.file)).toEqual([]);
  });
});
