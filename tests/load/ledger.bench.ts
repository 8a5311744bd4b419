import { randomUUID } from "node:crypto";
import type { ReportCommand } from "@linge/domain/case/command.ts";
import pg from "pg";
import { reportCase } from "../../apps/server/src/features/cases/commands.ts";
import { areaOf } from "../../apps/server/src/features/cases/place.ts";
import { auditLedger } from "../../apps/server/src/features/ledger/audit.ts";
import { logKey } from "../../apps/server/src/features/ledger/key.ts";
import { leafOf } from "../../apps/server/src/features/ledger/leaf.ts";
import { sequence } from "../../apps/server/src/features/ledger/sequence.ts";
import type { BenchRow } from "../../scripts/bench/main.ts";
import { openCity, rate, type LoadCity } from "./city.ts";

const resident = { id: "bench", kind: "anonymous", grants: [] } as const;
const leaves = 100_000;

function intake({ house }: LoadCity): () => Promise<unknown> {
  const place = { lon: 122.3, lat: 29.95, name: "沈家门" };
  return () => {
    const command: ReportCommand = {
      id: randomUUID(),
      caseId: randomUUID(),
      type: "report",
      kind: "help",
      categoryId: "facilities.streetLights",
      text: "滨港路的路灯灭了三天，晚上看不清路",
      place,
      ...areaOf(house, place),
      channel: "portal",
      reporter: { name: "王阿姨", phone: "13800001234", wantsContact: true },
    };
    return reportCase(house, resident, command);
  };
}

/** Puts leaves in order through the database, audits what intake left, and weighs the ledger's part of intake. */
export async function rows(): Promise<BenchRow[]> {
  const city = await openCity(0, 16);
  const { house } = city;
  try {
    const whole = intake(city);
    await rate(16, 1, whole);
    // Turn by turn in one run, because the machine is not ours alone.
    const [alones, besides]: [number[], number[]] = [[], []];
    for (let turn = 0; turn < 3; turn += 1) {
      alones.push(await rate(16, 3, whole));
      besides.push(await besideSequencer(city, whole));
    }
    const middle = (list: number[]): number => list.sort((a, b) => a - b)[1]!;
    const [alone, beside] = [middle(alones), middle(besides)];
    while (await sequence(house));
    const leafMs = timeOfLeaf();

    const began = performance.now();
    const { cases, entries } = await auditLedger(house, { key: (await logKey(house)).key }, (found) => {
      throw new Error(JSON.stringify(found));
    });
    const perMillion = ((performance.now() - began) / 1000 / cases) * 1_000_000;
    const perSecond = await sequencingRate(city);
    const share = 100 * (1 - beside / alone) + (100 * leafMs * alone) / 1000;
    return [
      {
        goal: "leaves put in order through the database",
        target: "≥ 20,000 a second",
        measured: `${Math.round(perSecond).toLocaleString("en")} a second`,
        reached: perSecond >= 20_000,
        note: `${leaves.toLocaleString("en")} leaves; places, tiles, bundles and checkpoints`,
      },
      {
        goal: "what commitments and sequencing take from intake",
        target: "≤ 10 %",
        measured: `${share.toFixed(0)} %`,
        reached: share <= 10,
        note: `${alone.toFixed(0)} reports/s alone, ${beside.toFixed(0)}/s beside the sequencer; a commitment takes ${(1000 * leafMs).toFixed(0)} µs; the leaf's own row, part of the command's statement, is not in this figure`,
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

function timeOfLeaf(): number {
  const began = performance.now();
  for (let i = 0; i < 5_000; i += 1)
    leafOf(
      {
        kind: "reported",
        subject: randomUUID(),
        at: "2026-11-24T00:00:00.000Z",
        data: {
          categoryId: "facilities.streetLights",
          text: "滨港路的路灯灭了三天，晚上看不清路",
          number: "7K3A-482C",
        },
      },
      randomUUID(),
    );
  return (performance.now() - began) / 5_000;
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
