import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { auditLedger, type Found } from "../../../apps/server/src/features/ledger/audit.ts";
import { logKey } from "../../../apps/server/src/features/ledger/key.ts";
import { sequence } from "../../../apps/server/src/features/ledger/sequence.ts";
import { aReport, dispatched, useHouse, visitor } from "../../support/house.ts";

const made = useHouse();
let owner: pg.Client;
beforeAll(async () => {
  owner = new pg.Client(made.owner);
  await owner.connect();
});
afterAll(() => owner.end());

async function report(times: number): Promise<void> {
  for (let i = 0; i < times; i += 1) await visitor(made).send("POST", "/api/cases", aReport());
}

async function faults(): Promise<Found[]> {
  const found: Found[] = [];
  await auditLedger(made.house, { key: (await logKey(made.house)).key }, (each) => found.push(each));
  return found;
}

const places = async (): Promise<number[]> =>
  (await owner.query<{ seq: number }>("select seq from ledger_leaves where seq is not null order by seq")).rows.map(
    (row) => row.seq,
  );
const upTo = (size: number): number[] => Array.from({ length: size }, (_, i) => i);

it("gives every fact one place, without gaps, and none twice", async () => {
  await dispatched(made);
  expect(await sequence(made.house)).toBe(4);
  expect(await sequence(made.house)).toBe(0);
  await report(2);
  expect(await sequence(made.house)).toBe(2);
  expect(await places()).toEqual(upTo(6));
  const kinds = await owner.query("select kind from ledger_leaves order by seq");
  expect(kinds.rows.map((row) => row.kind)).toEqual([
    "reported",
    "filed",
    "dispatched",
    "promised",
    "reported",
    "reported",
  ]);
  expect(await faults()).toEqual([]);
});

it("stays one order when several sequencers work at once while reports come in", async () => {
  let going = true;
  const working = Array.from({ length: 3 }, async () => {
    while (going) await sequence(made.house);
  });
  await Promise.all([report(15), report(15)]);
  going = false;
  await Promise.all(working);
  await sequence(made.house);
  expect(await places()).toEqual(upTo(36));
  expect(await faults()).toEqual([]);
});

it("leaves nothing half done when it is killed between any two steps", async () => {
  const before = (await places()).length;
  const killed: boolean[] = [];
  for (let round = 0; round < 25; round += 1) {
    await report(1);
    const work = sequence(made.house).then(
      () => false,
      () => true,
    );
    // The server process dies at another moment each time: its database connection is cut from outside.
    await new Promise((resolve) => setTimeout(resolve, (round % 9) * 1.5));
    await owner.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'linge_app' and state <> 'idle'",
    );
    killed.push(await work);
  }
  for (let tries = 0; tries < 5; tries += 1) await sequence(made.house).catch(() => 0);
  expect(killed).toContain(true);
  expect(await places()).toEqual(upTo(before + 25));
  expect(await faults()).toEqual([]);
});

it("cannot move a leaf, change what it says, or take back a checkpoint", async () => {
  for (const statement of [
    "update ledger_leaves set commitment = salt",
    "update ledger_leaves set data = '{}'",
    "delete from ledger_leaves",
    "update ledger_checkpoints set size = 1",
    "delete from ledger_checkpoints",
    "delete from ledger_tiles",
  ])
    await expect(made.house.pool.query(statement)).rejects.toMatchObject({ code: "42501" });
});
