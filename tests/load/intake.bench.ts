import { randomUUID } from "node:crypto";
import type { ReportCommand } from "@linge/domain/case/command.ts";
import pg from "pg";
import { areaOf } from "../../apps/server/src/features/cases/place.ts";
import { reportCase } from "../../apps/server/src/features/cases/commands.ts";
import type { BenchRow } from "../../scripts/bench/main.ts";
import { openCity, rate, type LoadCity } from "./city.ts";

const clients = 16;
const resident = { id: "bench", kind: "anonymous", grants: [] } as const;

/** The whole command: place found, decided, and state, event, leaf and outbox written in one statement. */
function intake({ house }: LoadCity): () => Promise<unknown> {
  return () => {
    const place = { lon: 122.28 + Math.random() * 0.03, lat: 29.94 + Math.random() * 0.02, name: "沈家门" };
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

/** Whole intake against one bare INSERT a transaction, turn by turn in one run on one database. */
export async function rows(): Promise<BenchRow[]> {
  const city = await openCity(0, clients);
  try {
    const { pool } = city.house;
    const text = "x".repeat(400);
    const owner = new pg.Client(city.house.address.owner);
    await owner.connect();
    await owner.query("create table bare (id uuid primary key, body text not null)");
    await owner.query("grant insert on bare to linge_app");
    await owner.end();
    const bare = (): Promise<unknown> =>
      pool.query("insert into bare (id, body) values ($1, $2)", [randomUUID(), text]);
    const whole = intake(city);
    await rate(clients, 1, bare);
    await rate(clients, 1, whole);
    const bares: number[] = [];
    const wholes: number[] = [];
    for (let turn = 0; turn < 3; turn++) {
      bares.push(await rate(clients, 3, bare));
      wholes.push(await rate(clients, 3, whole));
    }
    const middle = (list: number[]): number => list.sort((a, b) => a - b)[1]!;
    const [b, w] = [middle(bares), middle(wholes)];
    return [
      {
        goal: "intake against a bare INSERT, 16 clients",
        target: "≥ 25 % (stretch 50 %)",
        measured: `${((100 * w) / b).toFixed(0)} %`,
        reached: w / b >= 0.25,
        note: `${b.toFixed(0)} bare INSERTs/s`,
      },
      { goal: "intake", target: "≥ 1,000/s", measured: `${w.toFixed(0)}/s`, reached: w >= 1000 },
    ];
  } finally {
    await city.close();
  }
}
