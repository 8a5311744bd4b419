import {
  entriesIn,
  isConsistent,
  leafHash,
  openCheckpoint,
  proveConsistency,
  rangeRoot,
  readVerifierKey,
  hexOf,
  subtreesInTiles,
  tilePath,
  type NamedKey,
  type ReadTile,
} from "@linge/tlog";
import { beforeAll, expect, it } from "vitest";
import { sequence } from "../../../apps/server/src/features/ledger/sequence.ts";
import { aReport, dispatched, useHouse, visitor } from "../../support/house.ts";

const made = useHouse();
let log: NamedKey;
beforeAll(async () => {
  log = readVerifierKey((await visitor(made).get("/ledger/key")).text.trim());
});

const checkpoint = async (size?: number) =>
  (
    await openCheckpoint(
      (await visitor(made).get(`/ledger/checkpoint${size === undefined ? "" : `/${size}`}`)).text,
      log,
    )
  ).checkpoint;

async function tile(path: string) {
  return made.app.inject({ url: `/ledger/${path}` });
}
const readTile: ReadTile = async (name) => {
  const answer = await tile(tilePath(name));
  return answer.statusCode === 200 ? Uint8Array.from(answer.rawPayload) : undefined;
};

it("begins with a signed checkpoint of nothing", async () => {
  expect((await checkpoint()).size).toBe(0);
});

it("serves checkpoints and tiles that belong together, and nothing of what the facts say", async () => {
  await dispatched(made);
  await sequence(made.house);
  const first = await checkpoint();
  expect(first.size).toBe(4);
  for (let i = 0; i < 300; i += 1) await visitor(made).send("POST", "/api/cases", aReport());
  await sequence(made.house);
  const second = await checkpoint();
  expect(second.size).toBe(304);
  const subtrees = subtreesInTiles(304, readTile);
  expect(hexOf(await rangeRoot(subtrees, 0, 304))).toBe(hexOf(second.root));
  expect(isConsistent(4, 304, first.root, second.root, await proveConsistency(subtrees, 4, 304))).toBe(true);
  expect((await checkpoint(4)).root).toEqual(first.root);

  const bundles = [await tile("tile/entries/000"), await tile("tile/entries/001.p/48")];
  const entries = bundles.flatMap((each) => entriesIn(Uint8Array.from(each.rawPayload)));
  expect(entries.length).toBe(304);
  expect(entries.every((entry) => entry.length === 32)).toBe(true);
  expect(hexOf(leafHash(entries[0]!))).toBe(
    hexOf((await readTile({ level: 0, index: 0, width: 256 }))!.subarray(0, 32)),
  );
});

it("lets caches keep tiles for ever and checkpoints for seconds", async () => {
  expect((await tile("tile/0/000")).headers["cache-control"]).toContain("immutable");
  expect((await tile("tile/0/000")).headers["content-type"]).toBe("application/octet-stream");
  expect((await tile("checkpoint")).headers["cache-control"]).toBe("public, max-age=2");
  expect((await tile("checkpoint")).headers["access-control-allow-origin"]).toBe("*");
  expect((await tile("checkpoint")).headers["content-type"]).toBe("text/plain; charset=utf-8");
});

it("still serves the partial tiles of older checkpoints, and only tiles that there are", async () => {
  expect((await tile("tile/0/000.p/3")).rawPayload.length).toBe(96);
  expect(entriesIn(Uint8Array.from((await tile("tile/entries/000.p/3")).rawPayload)).length).toBe(3);
  for (const path of [
    "tile/0/001",
    "tile/0/001.p/49",
    "tile/1/000",
    "tile/0/0",
    "tile/0/002.p/1",
    "tile/x",
    "checkpoint/303",
  ])
    expect([path, (await tile(path)).statusCode]).toEqual([path, 404]);
});
