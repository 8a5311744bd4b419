import { hexOf } from "@linge/tlog";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import { leafRow } from "./told.ts";

/** What opens one entry of the log, without the words that people wrote. */
export type Opening = {
  index: number;
  fact: { kind: string; subject: string; at: string; data: object };
  salt: string;
};

const page = 2_000;

/** What opens entries [from, to), in their order; entries whose salt was destroyed are left out. */
export async function* openings(house: House, from: number, to: number): AsyncGenerator<Opening> {
  for (let start = from; start < to; start += page) {
    const found = await sql<Parameters<typeof leafRow>[0]>`
      select subject, seq, kind, at, data, null as words, salt, commitment from ledger_leaves
      where city_id = ${house.cityId} and seq >= ${start} and seq < ${Math.min(to, start + page)} order by seq`.execute(
      house.db,
    );
    for (const row of found.rows) {
      const { index, fact } = leafRow(row);
      if (index !== undefined && fact && row.salt) yield { index, fact, salt: hexOf(Uint8Array.from(row.salt)) };
    }
  }
}
