import fc from "fast-check";
import { expect, it } from "vitest";
import { hasOracle, readOracle } from "./oracles.ts";
import { fromBase64, hexOf, textOf, utf8, type Bytes } from "../src/bytes.ts";
import { openCheckpoint, parseCheckpoint } from "../src/note/checkpoint.ts";
import { readVerifierKey } from "../src/note/key.ts";
import { checkNote, parseNote } from "../src/note/note.ts";
import { bundleOf, entriesIn } from "../src/tiles/entries.ts";
import { emptyEdge, growTree, readEdge, rootOfEdge } from "../src/tiles/grow.ts";
import { parseTilePath, tilePath, widthIn } from "../src/tiles/path.ts";
import { hashesIn, subtreesInTiles, type ReadTile } from "../src/tiles/read.ts";
import { isConsistent, proveConsistency } from "../src/tree/consistency.ts";
import { append, emptyFrontier, rootOfFrontier } from "../src/tree/frontier.ts";
import { leafHash, type Hash } from "../src/tree/hashes.ts";
import { isIncluded, proveInclusion } from "../src/tree/inclusion.ts";
import { rangeRoot } from "../src/tree/subtrees.ts";

it.each([
  ["tile/0/x001/x234/067", { level: 0, index: 1_234_067, width: 256 }],
  ["tile/63/000.p/1", { level: 63, index: 0, width: 1 }],
  ["tile/1/999", { level: 1, index: 999, width: 256 }],
  ["tile/1/x001/000.p/255", { level: 1, index: 1000, width: 255 }],
  ["tile/entries/x012/345.p/7", { level: "entries" as const, index: 12_345, width: 7 }],
])("writes and reads %s", (path, tile) => {
  expect(tilePath(tile)).toBe(path);
  expect(parseTilePath(path)).toEqual(tile);
});

it.each([
  "tile/64/000",
  "tile/00/000",
  "tile/0/1",
  "tile/0/x000/001",
  "tile/0/001.p/256",
  "tile/0/001.p/0",
  "tile/0/001.p/01",
  "tile/0/../001",
  "tile/x/000",
])("refuses %s", (path) =>
  expect(() => parseTilePath(path)).toThrowError(expect.objectContaining({ code: "malformed" })),
);

it("divides a tree of 70,000 as the specification's example does", () => {
  const widths = [0, 1, 2].map((level) => [0, 1, 2, 272, 273, 274].map((index) => widthIn(70_000, level, index)));
  expect(widths).toEqual([
    [256, 256, 256, 256, 112, 0],
    [256, 17, 0, 0, 0, 0],
    [1, 0, 0, 0, 0, 0],
  ]);
});

/** A folder of tiles in memory, as the sequencer leaves it: partial ones of every size it ever had. */
function folder() {
  const files = new Map<string, Bytes>();
  const read: ReadTile = async (tile) => files.get(tilePath(tile));
  return { files, read };
}

const leaves = Array.from({ length: 70_000 }, (_, n) => leafHash(utf8(`${n}`)));
const sizes = fc.uniqueArray(fc.integer({ min: 1, max: 2_000 }), { minLength: 1, maxLength: 6 });

it("grows to one and the same tree in any steps, also when the edge is read back from tiles", async () => {
  await fc.assert(
    fc.asyncProperty(sizes, async (steps) => {
      const { files, read } = folder();
      const frontier = emptyFrontier();
      let edge = emptyEdge();
      const given: { size: number; root: Hash }[] = [];
      for (const size of steps.sort((a, b) => a - b)) {
        const batch = leaves.slice(edge.size, size);
        for (const leaf of batch) append(frontier, leaf);
        const grown = growTree(edge, batch);
        for (const tile of grown.tiles) files.set(tilePath(tile), tile.bytes);
        edge = await readEdge(size, read);
        expect(edge).toEqual(grown.edge);
        expect(hexOf(rootOfEdge(edge))).toBe(hexOf(rootOfFrontier(frontier)));
        given.push({ size, root: rootOfEdge(edge) });
      }
      const last = given.at(-1)!;
      const subtrees = subtreesInTiles(last.size, read);
      for (const { size, root } of given)
        expect(isConsistent(size, last.size, root, last.root, await proveConsistency(subtrees, size, last.size))).toBe(
          true,
        );
      const index = steps[0]! - 1;
      const proof = await proveInclusion(subtrees, index, last.size);
      expect(isIncluded(leaves[index]!, index, last.size, proof, last.root)).toBe(true);
    }),
    { numRuns: 40 },
  );
});

it("names the tiles of the specification's example, and proves from the third level of them", async () => {
  const { files, read } = folder();
  const { edge, tiles } = growTree(emptyEdge(), leaves);
  for (const tile of tiles) files.set(tilePath(tile), tile.bytes);
  const count = (pattern: RegExp): number => [...files.keys()].filter((path) => pattern.test(path)).length;
  expect([count(/^tile\/0\/\d+$/), count(/^tile\/1\/\d+$/), count(/\.p\//)]).toEqual([273, 1, 3]);
  for (const path of ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"]) expect(files.has(path)).toBe(true);
  const subtrees = subtreesInTiles(70_000, read);
  const proof = await proveInclusion(subtrees, 65_536, 70_000);
  expect(isIncluded(leaves[65_536]!, 65_536, 70_000, proof, rootOfEdge(edge))).toBe(true);
});

it("says which tile is missing", async () => {
  await expect(
    proveInclusion(
      subtreesInTiles(300, async () => undefined),
      3,
      300,
    ),
  ).rejects.toMatchObject({
    code: "missingTile",
  });
});

it("bundles entries of any length and reads them back; refuses a bundle that was cut", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 20 }), (entries) => {
      const bundle = bundleOf(entries);
      expect(entriesIn(bundle).map(hexOf)).toEqual(entries.map(hexOf));
      expect(() => entriesIn(bundle.slice(0, -1))).toThrowError(/ends within/);
    }),
  );
});

it.skipIf(!hasOracle("tiles.json"))("reads a mirrored log of another program: tiles, root, cosignature", async () => {
  const files = JSON.parse(readOracle("tiles.json")) as Record<string, string>;
  const read: ReadTile = async (tile) => fromBase64(files[tilePath(tile)]!);
  const note = parseNote(textOf(fromBase64(files["checkpoint"]!)));
  const [checked] = await checkNote(note, [readVerifierKey(files["key"]!)]);
  expect(new Date(checked!.at! * 1000).toISOString()).toMatch(/^2025-12-31|^2026/);
  const { size, root } = parseCheckpoint(note.text);
  const leaves = [0, 1].map(async (index) =>
    hashesIn((await read({ level: 0, index, width: widthIn(size, 0, index) }))!),
  );
  const { edge } = growTree(emptyEdge(), (await Promise.all(leaves)).flat());
  expect(hexOf(rootOfEdge(edge))).toBe(hexOf(root));
  expect(hexOf(await rangeRoot(subtreesInTiles(size, read), 0, size))).toBe(hexOf(root));
  const seen = parseNote(textOf(fromBase64(files["witnessCheckpoint"]!)));
  expect((await checkNote(seen, [readVerifierKey(files["witnessKey"]!)])).length).toBe(1);
  await expect(
    openCheckpoint(textOf(fromBase64(files["witnessCheckpoint"]!)), readVerifierKey(files["witnessKey"]!)),
  ).rejects.toMatchObject({ code: "wrongOrigin" });
});
