import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkReceipt, cosignatureType, namedKey, openCheckpoint, parseReceipt, verifierKey } from "@linge/tlog";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { serveWitness } from "../../../apps/cli/src/ledger/serveWitness.ts";
import { openWitness, type Witness } from "../../../apps/cli/src/ledger/witness.ts";
import { logKey } from "../../../apps/server/src/features/ledger/key.ts";
import { sequence } from "../../../apps/server/src/features/ledger/sequence.ts";
import { askWitnesses } from "../../../apps/server/src/features/ledger/witnesses.ts";
import { aReport, dispatched, useHouse, visitor } from "../../support/house.ts";

const made = useHouse();
const folder = mkdtempSync(join(tmpdir(), "linge-witness-"));
let witness: Witness;
let server: Server;

beforeAll(async () => {
  const { key } = await logKey(made.house);
  witness = await openWitness(folder, "library.example/w1", [key], () => made.clock.now);
  server = serveWitness(witness).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  made.house.config.witnesses = [
    { key: verifierKey(witness.key), url },
    { key: verifierKey(namedKey("deaf.example", cosignatureType, witness.key.publicKey)), url: "http://127.0.0.1:1" },
  ];
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

it("has nothing to show before the first entry", async () => expect(await askWitnesses(made.house)).toBe(0));

it("is cosigned by witnesses that answer, though others do not", async () => {
  const { link } = await dispatched(made);
  await sequence(made.house);
  expect(await askWitnesses(made.house)).toBe(1);
  const { key } = await logKey(made.house);
  const opened = await openCheckpoint((await visitor(made).get("/ledger/checkpoint")).text, key, [witness.key]);
  expect(opened.witnesses.map(({ at }) => at! * 1000)).toEqual([made.clock.now]);
  // Entries come in that no witness has seen yet: the receipt keeps to what was witnessed, as long as it covers the case.
  await visitor(made).send("POST", "/api/cases", aReport());
  await sequence(made.house);
  const receipt = parseReceipt((await visitor(made).get(`${link}/receipt`)).text);
  const checked = await checkReceipt(receipt, key, [witness.key]);
  expect([checked.opened.checkpoint.size, checked.opened.witnesses.length, checked.faults]).toEqual([4, 1, []]);
});

it("asks again with what the witness knows when the log has forgotten what it cosigned", async () => {
  const origin = (await logKey(made.house)).key.name;
  const kept = (): string => witness.kept(createHash("sha256").update(origin).digest("hex"))!;
  expect(kept()).toContain("\n4\n");
  const owner = new pg.Client(made.owner);
  await owner.connect();
  await owner.query("delete from ledger_cosignatures");
  await owner.end();
  await visitor(made).send("POST", "/api/cases", aReport());
  await sequence(made.house);
  made.house.config.witnesses = made.house.config.witnesses!.slice(0, 1);
  expect(await askWitnesses(made.house)).toBe(1);
  expect(await askWitnesses(made.house)).toBe(0);
  expect(kept()).toContain("\n6\n");
});
