import { marksOf, type CaseRecord, type Reporter } from "@linge/domain/case/record.ts";
import { endedStates } from "@linge/domain/case/state.ts";
import type { Json } from "@linge/sync/json.ts";
import type { Row } from "@linge/sync/pull/page.ts";
import { mayStayUntil, type Scope } from "@linge/sync/scope/scope.ts";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import { maskedFor } from "../cases/queries.ts";
import { namesOfArea } from "../territory/names.ts";
import type { KindFeed } from "./feed.ts";
import { caseRankSql, everReachedSql, inScopeSql } from "./scope.ts";

type Found = { id: string; record: CaseRecord; reporter: Reporter | null; rank: number; updated_at: string };

/** A case as it lies on a phone: whoever reported it masked, and nothing of what the desk could take back. */
export function onPhone(house: House, record: CaseRecord, reporter: Reporter | null): Json {
  const { undo: _undo, reporter: _apart, ...rest } = maskedFor(reporter ? { ...record, reporter } : record);
  const masked = reporter ? maskedFor({ ...record, reporter }).reporter : undefined;
  const areaName = namesOfArea(house, record.areaCode);
  return { ...rest, ...(masked && { reporter: masked }), marks: marksOf(record), areaName } as unknown as Json;
}

function rowOf(house: House, scope: Scope, { id, record, reporter, rank, updated_at }: Found): Row {
  const endedAt = endedStates.includes(record.state) ? updated_at : undefined;
  const place = {
    kind: "case",
    areaCode: record.areaCode,
    unitIds: record.orders.map((order) => order.unitId),
    confidential: record.visibility === "confidential",
    endedAt,
  };
  const expiresAt = mayStayUntil(scope, place) ?? undefined;
  return { kind: "case", id, version: record.version, value: onPhone(house, record, reporter), rank, expiresAt };
}

/** The cases of a scope. */
export function caseFeed(house: House, scope: Scope): KindFeed {
  const { cityId, db, clock } = house;
  const inScope = inScopeSql(scope, clock());
  const reporter = sql`left join case_reporters p on p.city_id = c.city_id and p.case_id = c.id`;
  return {
    async walk(after, limit) {
      const beyond = after
        ? sql`and (${caseRankSql}, 'case/' || c.id::text collate "C") > (${after.rank}::float8, ${after.key} collate "C")`
        : sql``;
      // The order is found first and the cases read after it: sorting them whole would read the entire scope each time.
      const found = await sql<Found>`
        with page as materialized (
          select c.id, ${caseRankSql} as rank from cases c where c.city_id = ${cityId} and ${inScope} ${beyond}
          order by 2, 'case/' || c.id::text collate "C" limit ${limit}
        )
        select c.id, c.record, p.reporter, c.updated_at, page.rank
        from page join cases c on c.city_id = ${cityId} and c.id = page.id ${reporter}
        order by page.rank, 'case/' || c.id::text collate "C"`.execute(db);
      return found.rows.map((row) => rowOf(house, scope, row));
    },
    async changed(after, upTo, limit) {
      const found = await sql<Found & { position: number; inside: boolean }>`
        select s.position, c.id, c.updated_at, ${inScope} as inside,
          case when ${inScope} then c.record end as record, case when ${inScope} then p.reporter end as reporter,
          ${caseRankSql} as rank
        from sync_changes s join cases c on c.city_id = s.city_id and c.id = s.record_id ${reporter}
        where s.city_id = ${cityId} and s.kind = 'case' and s.position > ${after} and s.position <= ${upTo}
          and (${inScope} or ${everReachedSql(scope, "case")})
        order by s.position limit ${limit}`.execute(db);
      return found.rows.map((row) => ({
        position: row.position,
        id: row.id,
        row: row.inside ? rowOf(house, scope, row) : undefined,
      }));
    },
  };
}
