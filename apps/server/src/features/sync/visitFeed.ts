import type { Json } from "@linge/sync/json.ts";
import type { FieldDocument } from "@linge/sync/merge/document.ts";
import type { Row } from "@linge/sync/pull/page.ts";
import { mayStayUntil, type Scope } from "@linge/sync/scope/scope.ts";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import { claimants, namesIn, namesOf } from "../visits/queries.ts";
import { namesOfArea } from "../territory/names.ts";
import type { KindFeed } from "./feed.ts";
import { everReachedSql, visitRankSql, visitsInScopeSql } from "./scope.ts";

type Found = {
  id: string;
  area_code: string;
  state: string;
  document: FieldDocument;
  version: number;
  rank: number;
  updated_at: string;
};

/** The visits of a scope, each with the names of those who wrote in it. */
export function visitFeed(house: House, scope: Scope): KindFeed {
  const { cityId, db, clock } = house;
  const inScope = visitsInScopeSql(scope, clock());
  const columns = sql`v.id, v.area_code, v.state, v.document, v.version, v.updated_at, ${visitRankSql} as rank`;

  async function rowsOf(found: readonly Found[]): Promise<Row[]> {
    const names = await namesOf(house, claimants(found.map(({ document }) => document)));
    return found.map(({ id, area_code, state, document, version, rank, updated_at }) => {
      const endedAt = state === "due" ? undefined : updated_at;
      const place = { kind: "visit", areaCode: area_code, unitIds: [], confidential: false, endedAt };
      const areaName = namesOfArea(house, area_code);
      const value = {
        areaCode: area_code,
        areaName,
        state,
        document,
        names: namesIn(document, names),
      } as unknown as Json;
      return { kind: "visit", id, version, value, rank, expiresAt: mayStayUntil(scope, place) ?? undefined };
    });
  }

  return {
    async walk(after, limit) {
      const beyond = after
        ? sql`and (${visitRankSql}, 'visit/' || v.id::text collate "C") > (${after.rank}::float8, ${after.key} collate "C")`
        : sql``;
      const found = await sql<Found>`
        select ${columns} from visits v where v.city_id = ${cityId} and ${inScope} ${beyond}
        order by rank, 'visit/' || v.id::text collate "C" limit ${limit}`.execute(db);
      return rowsOf(found.rows);
    },
    async changed(after, upTo, limit) {
      const found = await sql<Found & { position: number; inside: boolean }>`
        select s.position, ${inScope} as inside, ${columns}
        from sync_changes s join visits v on v.city_id = s.city_id and v.id = s.record_id
        where s.city_id = ${cityId} and s.kind = 'visit' and s.position > ${after} and s.position <= ${upTo}
          and (${inScope} or ${everReachedSql(scope, "visit")})
        order by s.position limit ${limit}`.execute(db);
      const rows = new Map((await rowsOf(found.rows.filter(({ inside }) => inside))).map((row) => [row.id, row]));
      return found.rows.map(({ position, id }) => ({ position, id, row: rows.get(id) }));
    },
  };
}
