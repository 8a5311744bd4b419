import { marksOf, type CaseRecord, type Reporter } from "@linge/domain/case/record.ts";
import { endedStates } from "@linge/domain/case/state.ts";
import type { Json } from "@linge/sync/json.ts";
import type { Mark } from "@linge/sync/pull/cursor.ts";
import type { Row } from "@linge/sync/pull/page.ts";
import type { Feed } from "@linge/sync/pull/pull.ts";
import { mayStayUntil, type Scope } from "@linge/sync/scope/scope.ts";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import { maskedFor } from "../cases/queries.ts";
import { everReachedSql, inScopeSql, rankSql } from "./scope.ts";
import { lookUp } from "./sequence.ts";

type Found = { id: string; record: CaseRecord; reporter: Reporter | null; rank: number; updated_at: string };

/** A case as it lies on a phone: whoever reported it masked, and nothing of what the desk could take back. */
export function onPhone(record: CaseRecord, reporter: Reporter | null): Json {
  const { undo: _undo, reporter: _apart, ...rest } = maskedFor(reporter ? { ...record, reporter } : record);
  const masked = reporter ? maskedFor({ ...record, reporter }).reporter : undefined;
  return { ...rest, ...(masked && { reporter: masked }), marks: marksOf(record) } as unknown as Json;
}

function rowOf(scope: Scope, { id, record, reporter, rank, updated_at }: Found): Row {
  const endedAt = endedStates.includes(record.state) ? updated_at : undefined;
  const place = {
    areaCode: record.areaCode,
    unitIds: record.orders.map((order) => order.unitId),
    confidential: record.visibility === "confidential",
    endedAt,
  };
  const expiresAt = mayStayUntil(scope, place) ?? undefined;
  return { kind: "case", id, version: record.version, value: onPhone(record, reporter), rank, expiresAt };
}

/** The cases of a scope, as pages ask for them. */
export function caseFeed(house: House, scope: Scope): Feed {
  const { cityId, db } = house;
  const inScope = inScopeSql(scope, house.clock());
  const reporter = sql`left join case_reporters p on p.city_id = c.city_id and p.case_id = c.id`;
  // One look answers both questions; a page asks whether its mark is known before anything else.
  let looked: ReturnType<typeof lookUp> | undefined;
  const head = async (): Promise<Mark> => (await (looked ??= lookUp(house, { position: 0, run: "" }))).head;
  return {
    head,
    async knows(mark) {
      looked = lookUp(house, mark);
      return (await looked).known;
    },
    async walk(after, limit) {
      const beyond = after
        ? sql`and (${rankSql}, 'case/' || c.id::text collate "C") > (${after.rank}::float8, ${after.key} collate "C")`
        : sql``;
      // The order is found first and the cases read after it: sorting them whole would read the entire scope each time.
      const found = await sql<Found>`
        with page as materialized (
          select c.id, ${rankSql} as rank from cases c where c.city_id = ${cityId} and ${inScope} ${beyond}
          order by 2, 'case/' || c.id::text collate "C" limit ${limit}
        )
        select c.id, c.record, p.reporter, c.updated_at, page.rank
        from page join cases c on c.city_id = ${cityId} and c.id = page.id ${reporter}
        order by page.rank, 'case/' || c.id::text collate "C"`.execute(db);
      return found.rows.map((row) => rowOf(scope, row));
    },
    async tail(after, limit) {
      const end = await head();
      if (end.position === after.position) return { rows: [], removed: [], reached: end, more: false };
      const found = await sql<Found & { position: number; inside: boolean; run: string }>`
        select s.position, c.id, c.updated_at, ${inScope} as inside,
          case when ${inScope} then c.record end as record, case when ${inScope} then p.reporter end as reporter,
          ${rankSql} as rank
        from sync_changes s join cases c on c.city_id = s.city_id and c.id = s.record_id ${reporter}
        where s.city_id = ${cityId} and s.kind = 'case' and s.position > ${after.position} and s.position <= ${end.position}
          and (${inScope} or ${everReachedSql(scope)})
        order by s.position limit ${limit}`.execute(db);
      const more = found.rows.length === limit;
      const last = found.rows.at(-1);
      return {
        rows: found.rows.filter(({ inside }) => inside).map((row) => rowOf(scope, row)),
        removed: found.rows
          .filter(({ inside }) => !inside)
          .map(({ id }) => ({ kind: "case", id, why: "reassigned" as const })),
        // The head's run was written after all places up to it, so it vouches for every one of them.
        reached: more && last ? { position: last.position, run: end.run } : end,
        more,
      };
    },
  };
}
