import pg from "pg";
import { auditLedger } from "../../apps/server/src/features/ledger/audit.ts";
import { logKey } from "../../apps/server/src/features/ledger/key.ts";
import { sequence } from "../../apps/server/src/features/ledger/sequence.ts";
import type { House } from "../../apps/server/src/platform/house.ts";
import type { BenchRow } from "../../scripts/bench/main.ts";
import { openCity, rate, type LoadCity } from "./city.ts";
import { report } from "./report.ts";

const leaves = 100_000;

/** The same house with a record that nobody could check: its reports leave no leaf. */
function withoutLedger(house: House): House {
  const { write } = house.reports;
  return {
    ...house,
    reports: { write: (change) => write({ ...change, decided: { ...change.decided, facts: [] } }) },
  };
}

/** Puts leaves in order through the database, audits what intake left, and weighs the ledger's part of intake. */
export async function rows(): Promise<BenchRow[]> {
  const city = await openCity(0, 16);
  // A city of its own: an audit of the first one shall find every fact.
  const other = await openCity(0, 16);
  const { house } = city;
  try {
    const unrecorded = withoutLedger(other.house);
    const [whole, bare] = [() => report(house), () => report(unrecorded)];
    await rate(16, 1, whole);
    await rate(16, 1, bare);
    // Turn by turn in one run, because the machine is not ours alone.
    const [withs, withouts]: [number[], number[]] = [[], []];
    for (let turn = 0; turn < 5; turn += 1) {
      withs.push(await besideSequencer(city, whole));
      withouts.push(await rate(16, 3, bare));
    }
    const middle = (list: number[]): number => list.sort((a, b) => a - b)[2]!;
    const [kept, unkept] = [middle(withs), middle(withouts)];
    while (await sequence(house));

    const began = performance.now();
    const { cases, entries } = await auditLedger(house, { key: (await logKey(house)).key }, (found) => {
      throw new Error(JSON.stringify(found));
    });
    const perMillion = ((performance.now() - began) / 1000 / cases) * 1_000_000;
    const perSecond = await sequencingRate(city);
    const share = 100 * (1 - kept / unkept);
    return [
      {
        goal: "leaves put in order through the database",
        target: "≥ 20,000 a second",
        measured: `${Math.round(perSecond).toLocaleString("en")} a second`,
        reached: perSecond >= 20_000,
        note: `${leaves.toLocaleString("en")} leaves; places, tiles, bundles and checkpoints`,
      },
      {
        goal: "what the ledger takes from intake",
        target: "≤ 10 %",
        measured: `${share.toFixed(0)} %`,
        reached: share <= 10,
        note: `${kept.toFixed(0)} reports/s with commitment, leaf and a sequencer that works every second; ${unkept.toFixed(0)}/s without any of it; medians of five turns`,
      },
      {
        goal: "whole log against the database, 1 million cases of one fact",
        target: "≤ 60 s",
        measured: `${perMillion.toFixed(0)} s`,
        reached: perMillion <= 60,
        note: `reckoned from ${cases} cases with ${entries} entries`,
      },
    ];
  } finally {
    await city.close();
    await other.close();
  }
}

/** Intake while leaves are put in order every second, far more often than the server does. */
async function besideSequencer({ house }: LoadCity, whole: () => Promise<unknown>): Promise<number> {
  while (await sequence(house));
  let going = true;
  const sequencing = (async () => {
    while (going) {
      await sequence(house);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  })();
  const reports = await rate(16, 3, whole);
  going = false;
  await sequencing;
  return reports;
}

async function sequencingRate({ house }: LoadCity): Promise<number> {
  const owner = new pg.Client(house.address.owner);
  await owner.connect();
  await owner.query(
    `insert into ledger_leaves (city_id, id, subject, kind, at, commitment, salt, data)
     select $1, gen_random_uuid(), gen_random_uuid(), 'reported', now() + n * interval '1 millisecond', sha256(n::text::bytea), sha256('salt'), '{}' from generate_series(1, ${leaves}) n`,
    [house.cityId],
  );
  await owner.query("analyze ledger_leaves");
  await owner.end();
  const began = performance.now();
  while (await sequence(house));
  return leaves / ((performance.now() - began) / 1000);
}
