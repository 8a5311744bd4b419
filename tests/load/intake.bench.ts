import { randomUUID } from "node:crypto";
import pg from "pg";
import type { BenchRow } from "../../scripts/bench/main.ts";
import { openCity, rate } from "./city.ts";
import { report } from "./report.ts";

const clients = 16;

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
    const whole = (): Promise<unknown> => report(city.house);
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
