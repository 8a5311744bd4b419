import type { Actor } from "@linge/domain/access/scope.ts";
import { sql, type RawBuilder } from "kysely";
import type { House } from "../../platform/house.ts";
import { rowOf, type CaseRow } from "./queries.ts";
import { scopeOf } from "./scope.ts";
import { searchQuery } from "./search.ts";

const open = sql`state not in ('closed','followedUp','archived','declined','redirected','voided','duplicate')`;

/** Queues of the desk as conditions on `cases`; each can be answered from the index of open work. */
const queues = {
  new: sql`state = 'reported' and ${open}`,
  verifying: sql`state = 'verifying' and ${open}`,
  toDispatch: sql`state = 'filed' and ${open}`,
  toAccept: sql`state = 'dispatched' and ${open}`,
  inHand: sql`state in ('accepted','handling') and ${open}`,
  toCheck: sql`state in ('responded','checking') and ${open}`,
  objections: sql`marks @> array['objection'] and ${open}`,
  approvals: sql`marks && array['extension','suspension'] and ${open}`,
  // The same words as the index, which holds nothing else.
  reopenings: sql`marks @> array['reopening']::text[]`,
  whistleCalls: sql`marks @> array['whistleCall'] and ${open}`,
  overdue: sql`due_at < now() and ${open} and not marks @> array['suspended'] and state not in ('responded','checking')`,
  open: open,
  all: sql`true`,
} as const;
export type QueueKey = keyof typeof queues;
export const queueKeys = Object.keys(queues) as QueueKey[];

/** How many cases wait in each queue that the actor may see; "all" is not counted, nobody works it off. */
export async function countQueues(house: House, actor: Actor): Promise<{ key: QueueKey; count: number }[]> {
  const counted = queueKeys.filter((key) => key !== "all");
  const ofOpen = counted.filter((key) => key !== "reopenings");
  const columns = sql.join(ofOpen.map((key) => sql`count(*) filter (where ${queues[key]}) as ${sql.ref(key)}`));
  const scope = scopeOf(actor);
  const found = await sql<Record<string, number>>`
    select * from (select ${columns} from cases where city_id = ${house.cityId} and ${open} and ${scope}) as work,
      (select count(*) as reopenings from cases where city_id = ${house.cityId} and ${queues.reopenings} and ${scope}) as again`.execute(
    house.db,
  );
  return counted.map((key) => ({ key, count: found.rows[0]?.[key] ?? 0 }));
}

/** Of the cases that hold a word, the newest so many are listed; who wants older ones says more. */
const mostMatches = 2_000;

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
  const words = filter.q ? searchQuery(filter.q.replaceAll("-", "")) : undefined;
  if (words) conditions.push(sql`id in (select matching_cases(${house.cityId}, ${words}::tsquery, ${mostMatches}))`);
  const cursor = filter.cursor ? decode(filter.cursor) : undefined;
  if (cursor)
    conditions.push(
      byDue ? sql`(due_at, id) > (${cursor.at}, ${cursor.id})` : sql`(reported_at, id) < (${cursor.at}, ${cursor.id})`,
    );
  const order = byDue ? sql`due_at, id` : sql`reported_at desc, id desc`;
  const found = await sql<{ record: never; marks: string[]; id: string; at: string }>`
    select record, marks, id, ${byDue ? sql`due_at` : sql`reported_at`} as at from cases where ${sql.join(conditions, sql` and `)} order by ${order} limit ${limit + 1}`.execute(
    house.db,
  );
  const page = found.rows.slice(0, limit);
  const items = page.map((row) => ({ ...rowOf(house, row.record), marks: row.marks }));
  const last = page[page.length - 1];
  return { items, next: found.rows.length > limit && last ? encode({ at: last.at, id: last.id }) : undefined };
}

/** Cases of a member of staff, in the scope of all his grants. */
export function listForStaff(
  house: House,
  actor: Actor,
  filter: CaseFilter,
): Promise<{ items: CaseRow[]; next?: string }> {
  return listCases(house, scopeOf(actor), filter);
}
