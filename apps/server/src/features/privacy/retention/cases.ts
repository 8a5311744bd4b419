import type { Actor } from "@linge/domain/access/scope.ts";
import { sql, type RawBuilder } from "kysely";
import type { House } from "../../../platform/house.ts";
import { momentOf } from "../../../platform/moment.ts";
import { Refusal } from "../../../platform/http/refusal.ts";
import { newId } from "../../../platform/ids.ts";
import { runCaseCommand } from "../../cases/commands.ts";
import type { Due, RetentionWork } from "./kind.ts";

/** Time itself acts here. */
const time: Actor = { id: "retention", kind: "system", grants: [] };
const ended = sql`state in ('closed','followedUp','archived','declined','redirected','voided','duplicate')`;
const held = (house: House) => sql`exists (select 1 from legal_holds h
  where h.city_id = c.city_id and h.subject = c.id and h.ended_at is null and h.until > ${momentOf(house)})`;
const batch = 50;

const dueCases = (house: House, before: string, removed: boolean, more: RawBuilder<unknown>) => sql`
  from cases c where c.city_id = ${house.cityId} and identity_removed = ${removed} and ${ended}
    and settled_at < ${before} and ${more}`;

async function count(house: House, before: string, removed: boolean, more: RawBuilder<unknown>): Promise<Due> {
  const found = await sql<Due>`
    select count(*) filter (where not ${held(house)})::int as due, count(*) filter (where ${held(house)})::int as held ${dueCases(house, before, removed, more)}`.execute(
    house.db,
  );
  return found.rows[0]!;
}

async function idsOf(house: House, before: string, removed: boolean, more: RawBuilder<unknown>): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select c.id ${dueCases(house, before, removed, more)} and not ${held(house)} order by settled_at limit ${batch}`.execute(
    house.db,
  );
  return found.rows.map(({ id }) => id);
}

/** Gives a command to each case. One that changed meanwhile is left for the next run. @returns how many took it */
async function each(ids: readonly string[], give: (caseId: string) => Promise<unknown>): Promise<number> {
  let done = 0;
  for (const id of ids) {
    try {
      await give(id);
      done += 1;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return done;
}

// Somebody still waits for the answer whether the case is taken up again.
const settled = sql`not marks @> array['reopening']::text[]`;
const ratedBefore = (before: string) =>
  sql`(record->'rating'->>'at') < ${before} and exists (select 1 from case_reporters r where r.city_id = c.city_id and r.case_id = c.id)`;

/** A year after closing a case loses its identity; by the same command as at the person's own wish. */
export const caseIdentity: RetentionWork = {
  key: "caseIdentity",
  tables: ["cases", "case_reporters", "case_events", "ledger_leaves", "photos", "recordings"],
  count: (house, before) => count(house, before, false, settled),
  async remove(house, before) {
    const ids = await idsOf(house, before, false, settled);
    return each(ids, (caseId) =>
      runCaseCommand(house, time, { id: newId(), type: "removeIdentity", caseId, reason: "retention" }),
    );
  },
};

/** Half a year after a rating nobody can tell any more whose it is; closed before it was rated, so closing bounds the search. */
export const ratingLink: RetentionWork = {
  key: "ratingLink",
  tables: ["cases", "case_reporters", "case_events", "ledger_leaves"],
  count: (house, before) => count(house, before, false, sql`${settled} and ${ratedBefore(before)}`),
  async remove(house, before) {
    const ids = await idsOf(house, before, false, sql`${settled} and ${ratedBefore(before)}`);
    return each(ids, (caseId) => runCaseCommand(house, time, { id: newId(), type: "cutRatingLink", caseId }));
  },
};

/** After ten years the whole file goes; its lines stay in the log and open no more. */
export const caseFile: RetentionWork = {
  key: "caseFile",
  tables: ["cases", "case_events", "work_orders", "ledger_leaves"],
  count: (house, before) => count(house, before, true, sql`true`),
  async remove(house, before) {
    let gone = 0;
    for (const id of await idsOf(house, before, true, sql`true`)) {
      const found = await sql<{
        gone: number;
      }>`select forget_case_file(${house.cityId}, ${id}::uuid, ${before}::timestamptz) as gone`.execute(house.db);
      gone += found.rows[0]!.gone;
    }
    return gone;
  },
};
