import type { Actor } from "@linge/domain/access/scope.ts";
import type { Light } from "@linge/domain/case/light.ts";
import { prefixOfCode } from "@linge/domain/territory/code.ts";
import { sql, type RawBuilder } from "kysely";
import type { House } from "../../platform/house.ts";
import { momentOf } from "../../platform/moment.ts";
import { talliesFor } from "../tallies/read.ts";
import { tallyColumns, type TallyKey } from "../tallies/settle.ts";
import { rowOf, type CaseRow } from "./queries.ts";
import { caseReaders, reachesOf, scopeOf } from "./scope.ts";
import { searchQuery, type SearchReach } from "./search.ts";

/** The condition of the indexes of open work, in their words. */
export const isOpen = sql<boolean>`state not in ('closed','followedUp','archived','declined','redirected','voided','duplicate')`;

/** The clock runs: nothing was answered, nothing suspended. */
const isRunning = sql`not marks @> array['suspended'] and state not in ('responded','checking')`;

/**
 * Queues of the desk as conditions on `cases` at a moment (ISO); each can be answered from the index of open work. The moment is
 * that of the house's clock, by which the light of each case is read as well.
 */
const queuesAt = (now: string) =>
  ({
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
    overdue: sql`due_at < ${now} and ${isOpen} and ${isRunning}`,
    open: isOpen,
    // In the words of their own small indexes.
    toTell: sql`marks @> array['toTell']::text[]`,
    dueSoon: sql`soon_at <= ${now} and due_at >= ${now} and ${isOpen} and ${isRunning}`,
    all: sql`true`,
  }) as const;
export type QueueKey = keyof ReturnType<typeof queuesAt>;

export const queueKeys = Object.keys(queuesAt("")) as QueueKey[];

function lightsAt(now: string): Record<Light, RawBuilder<unknown>> {
  const { dueSoon, overdue } = queuesAt(now);
  return {
    green: sql`soon_at > ${now} and ${isOpen} and ${isRunning}`,
    yellow: dueSoon,
    red: overdue,
    paused: sql`marks @> array['suspended']::text[] and ${isOpen}`,
    done: sql`(not ${isOpen} or state in ('responded','checking'))`,
  };
}

/** Units of somebody who reads cases for units alone: his queues follow his own orders, not the state of the case. */
function unitsAlone(actor: Actor): string[] | undefined {
  const grants = actor.grants.filter((grant) => caseReaders.includes(grant.role));
  const units = grants.flatMap((grant) => grant.unitId ?? []);
  return units.length && units.length === grants.length ? units : undefined;
}

/** The condition of a queue, for whoever looks. */
function conditionOf(house: House, queue: QueueKey, units: readonly string[] | undefined): RawBuilder<unknown> {
  const now = momentOf(house);
  const order = units && orderConditionsAt(now)[queue];
  if (!order) return queuesAt(now)[queue];
  return sql`${isOpen} and id in (
    select case_id from work_orders where city_id = ${house.cityId} and unit_id = any(${units}::text[]) and ${order})`;
}

const isUnfinished = sql`state not in ('responded','returned','done','cancelled')`;
/** Queues of a unit as conditions on its own orders, at a moment (ISO). */
const orderConditionsAt = (now: string): Partial<Record<QueueKey, RawBuilder<unknown>>> => ({
  toAccept: sql`state = 'dispatched' and ${isUnfinished}`,
  inHand: sql`state in ('accepted','contacted','handling') and ${isUnfinished}`,
  toCheck: sql`state = 'responded'`,
  overdue: sql`due_at < ${now} and paused_since is null and ${isUnfinished}`,
});
const queuesOfOrders = Object.keys(orderConditionsAt("")) as QueueKey[];

/** Beyond this many a count says no more than "many". */
export const mostCounted = 1_000;

/** Which are late changes with every minute, so no sum can be kept; what waits to be told is few. */
const counted: readonly QueueKey[] = ["overdue", "dueSoon", "toTell"];

/** Cases of one queue, up to 1,000 of them. */
async function countUpTo(
  house: House,
  queue: QueueKey,
  scope: RawBuilder<boolean>,
  units?: readonly string[],
): Promise<number> {
  const found = await sql<{ count: number }>`
    select count(*)::int as count from (select 1 from cases
      where city_id = ${house.cityId} and ${conditionOf(house, queue, units)} and ${scope} limit ${mostCounted}) as found`.execute(
    house.db,
  );
  return found.rows[0]!.count;
}

/** For those whose areas and units may overlap: each case once, from the index of open work. */
async function countEach(house: House, scope: RawBuilder<boolean>): Promise<Record<TallyKey, number>> {
  const keys = Object.keys(tallyColumns) as TallyKey[];
  const queues = queuesAt(momentOf(house));
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
  const units = unitsAlone(actor);
  const apart = units ? [...new Set([...counted, ...queuesOfOrders])] : counted;
  const [sums, ...found] = await Promise.all([
    talliesFor(house, actor),
    ...apart.map((queue) => countUpTo(house, queue, scope, units)),
  ]);
  const counts: Partial<Record<QueueKey, number>> = {
    ...(sums ?? (await countEach(house, scope))),
    ...Object.fromEntries(apart.map((queue, i) => [queue, found[i]])),
  };
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
  light?: Light;
  q?: string;
  since?: string;
  until?: string;
  sort?: "due" | "newest";
  cursor?: string;
  limit?: number;
};

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
type Cursor = { at: string; id: string };
const encode = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString("base64url");

/** The place of a page in a list; nothing when what was sent never came from a page of ours. */
function decode(text: string): Cursor | undefined {
  try {
    const { at, id } = JSON.parse(Buffer.from(text, "base64url").toString()) as Partial<Cursor>;
    const sound = typeof at === "string" && !Number.isNaN(Date.parse(at)) && typeof id === "string" && uuid.test(id);
    return sound ? { at, id } : undefined;
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
  units?: readonly string[],
): Promise<{ items: CaseRow[]; next?: string }> {
  const limit = Math.min(filter.limit ?? 50, 200);
  const byDue = filter.sort === "due";
  const conditions: RawBuilder<unknown>[] = [
    sql`city_id = ${house.cityId}`,
    scope,
    conditionOf(house, filter.queue ?? "all", units),
  ];
  if (filter.light) conditions.push(lightsAt(momentOf(house))[filter.light]);
  if (filter.state) conditions.push(sql`state = ${filter.state}`);
  if (filter.unit) conditions.push(sql`unit_ids @> array[${filter.unit}]::text[]`);
  if (filter.area) conditions.push(sql`area_code ^@ ${prefixOfCode(filter.area)}`);
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
  return listCases(house, scopeOf(actor), searchReachOf(actor), filter, unitsAlone(actor));
}
