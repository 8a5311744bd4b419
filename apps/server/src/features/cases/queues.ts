import type { Actor } from "@linge/domain/access/scope.ts";
import { sql, type RawBuilder } from "kysely";
import type { House } from "../../platform/house.ts";
import { talliesFor } from "../tallies/read.ts";
import { tallyColumns, type TallyKey } from "../tallies/settle.ts";
import { rowOf, type CaseRow } from "./queries.ts";
import { reachesOf, scopeOf } from "./scope.ts";
import { searchQuery, type SearchReach } from "./search.ts";

/** The condition of the indexes of open work, in their words. */
export const isOpen = sql<boolean>`state not in ('closed','followedUp','archived','declined','redirected','voided','duplicate')`;

/** Queues of the desk as conditions on `cases`; each can be answered from the index of open work. */
const queues = {
  new: sql`state = 'reported' and ${isOpen}`,
  verifying: sql`state = 'verifying' and ${isOpen}`,
  toDispatch: sql`state = 'filed' and ${isOpen}`,
  toAccept: sql`state = 'dispatched' and ${isOpen}`,
  inHand: sql`state in ('accepted','handling') and ${isOpen}`,
  toCheck: sql`state in ('responded','checking') and ${isOpen}`,
  objections: sql`marks @> array['objection'] and ${isOpen}`,
  approvals: sql`marks && array['extension','suspension'] and ${isOpen}`,
  // The same words as the index, which holds nothing else.
  reopenings: sql`marks @> array['reopening']::text[]`,
  whistleCalls: sql`marks @> array['whistleCall'] and ${isOpen}`,
  overdue: sql`due_at < now() and ${isOpen} and not marks @> array['suspended'] and state not in ('responded','checking')`,
  open: isOpen,
  all: sql`true`,
} as const;
export type QueueKey = keyof typeof queues;
export const queueKeys = Object.keys(queues) as QueueKey[];

/** Beyond this many a count says no more than "many". */
export const mostCounted = 1_000;

/** Open cases past their day, up to 1,000 of them: which are late changes with every minute, so no sum can be kept. */
async function countOverdue(house: House, scope: RawBuilder<boolean>): Promise<number> {
  const found = await sql<{ count: number }>`
    select count(*)::int as count from (select 1 from cases
      where city_id = ${house.cityId} and ${queues.overdue} and ${scope} limit ${mostCounted}) as late`.execute(
    house.db,
  );
  return found.rows[0]!.count;
}

/** For those whose areas and units may overlap: each case once, from the index of open work. */
async function countEach(house: House, scope: RawBuilder<boolean>): Promise<Record<TallyKey, number>> {
  const keys = Object.keys(tallyColumns) as TallyKey[];
  const columns = sql.join(keys.map((key) => sql`count(*) filter (where ${queues[key]})::int as ${sql.ref(key)}`));
  const found = await sql<Record<TallyKey, number>>`
    select ${columns} from cases where city_id = ${house.cityId} and (${isOpen} or ${queues.reopenings}) and ${scope}`.execute(
    house.db,
  );
  return found.rows[0]!;
}

/** How many cases wait in each queue that the actor may see; "all" is not counted, nobody works it off. */
export async function countQueues(house: House, actor: Actor): Promise<{ key: QueueKey; count: number }[]> {
  const scope = scopeOf(actor);
  const [sums, overdue] = await Promise.all([talliesFor(house, actor), countOverdue(house, scope)]);
  const counts: Partial<Record<QueueKey, number>> = { ...(sums ?? (await countEach(house, scope))), overdue };
  return queueKeys.filter((key) => key !== "all").map((key) => ({ key, count: counts[key] ?? 0 }));
}

/** Of the cases that hold a word, the newest so many are listed; who wants older ones says more. */
const mostMatches = 500;

export type CaseFilter = {
  queue?: QueueKey;
  state?: string;
  unit?: string;
  area?: string;
  category?: string;
  q?: string;
  since?: string;
  until?: string;
  sort?: "due" | "newest";
  cursor?: string;
  limit?: number;
};

type Cursor = { at: string; id: string };
const encode = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString("base64url");

function decode(text: string): Cursor | undefined {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString()) as Cursor;
  } catch {
    return undefined;
  }
}

/** A page of cases by keyset, so that page 1,000 is as quick as page 1. */
export async function listCases(
  house: House,
  scope: RawBuilder<boolean>,
  reach: SearchReach,
  filter: CaseFilter,
): Promise<{ items: CaseRow[]; next?: string }> {
  const limit = Math.min(filter.limit ?? 50, 200);
  const byDue = filter.sort === "due";
  const conditions: RawBuilder<unknown>[] = [sql`city_id = ${house.cityId}`, scope, queues[filter.queue ?? "all"]];
  if (filter.state) conditions.push(sql`state = ${filter.state}`);
  if (filter.unit) conditions.push(sql`unit_ids @> array[${filter.unit}]::text[]`);
  if (filter.area) conditions.push(sql`area_code ^@ ${filter.area}`);
  if (filter.category)
    conditions.push(
      filter.category.includes(".")
        ? sql`category_id = ${filter.category}`
        : sql`category_id ^@ ${`${filter.category}.`}`,
    );
  if (filter.since) conditions.push(sql`reported_at >= ${filter.since}`);
  if (filter.until) conditions.push(sql`reported_at < ${filter.until}`);
  const words = filter.q ? searchQuery(filter.q.replaceAll("-", ""), reach) : undefined;
  if (words) conditions.push(sql`id in (select matching_cases(${house.cityId}, ${words}::tsquery, ${mostMatches}))`);
  const cursor = filter.cursor ? decode(filter.cursor) : undefined;
  if (cursor)
    conditions.push(
      byDue ? sql`(due_at, id) > (${cursor.at}, ${cursor.id})` : sql`(reported_at, id) < (${cursor.at}, ${cursor.id})`,
    );
  const order = byDue ? sql`at, id` : sql`at desc, id desc`;
  // Found in a narrow index first; only the rows shown are read whole.
  const found = await sql<{ record: never; marks: string[]; id: string; at: string }>`
    with page as materialized (
      select id, ${byDue ? sql`due_at` : sql`reported_at`} as at from cases where ${sql.join(conditions, sql` and `)} order by ${order} limit ${limit + 1})
    select c.record, c.marks, page.id, page.at from page join cases c on c.city_id = ${house.cityId} and c.id = page.id order by ${order}`.execute(
    house.db,
  );
  const page = found.rows.slice(0, limit);
  const items = page.map((row) => ({ ...rowOf(house, row.record), marks: row.marks }));
  const last = page[page.length - 1];
  return { items, next: found.rows.length > limit && last ? encode({ at: last.at, id: last.id }) : undefined };
}

/** Whoever reads the whole city looks for words everywhere, others in their areas and units. */
function searchReachOf(actor: Actor): SearchReach {
  const places = reachesOf(actor).flatMap(({ prefixes, units }) => [...prefixes, ...units]);
  return places.some((place) => /^\d{4}$/.test(place)) ? "whole" : places;
}

/** Cases of a member of staff, in the scope of all his grants. */
export function listForStaff(
  house: House,
  actor: Actor,
  filter: CaseFilter,
): Promise<{ items: CaseRow[]; next?: string }> {
  return listCases(house, scopeOf(actor), searchReachOf(actor), filter);
}
