import type { Actor } from "@linge/domain/access/scope.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import { allowedSteps, decideIssue, type IssueCommand, type IssueContext } from "@linge/domain/issue/decideIssue.ts";
import { daysLate, type RecurringIssue } from "@linge/domain/issue/recurringIssue.ts";
import { prefixOfCode } from "@linge/domain/territory/code.ts";
import { sql, type Kysely } from "kysely";
import type { Tx } from "../../platform/db/database.ts";
import type { DB } from "../../platform/db/schema.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import type { House } from "../../platform/house.ts";
import { momentOf } from "../../platform/moment.ts";
import { newId } from "../../platform/ids.ts";
import { runOnce } from "./command.ts";
import { addFact } from "../ledger/leaf.ts";
import { dayAt, dayName, lastWholeDay } from "./day.ts";
import { eventsOf, keepEvents } from "./events.ts";
import { areaName, streamName, unitName } from "./named.ts";

const listed = 200;
/** Days before it was opened, and the last days until now, that are set beside each other. */
const effectDays = 28;

type Where = { db: Kysely<DB>; cityId: string };

async function issueById({ db, cityId }: Where, id: string, lock = false): Promise<RecurringIssue | undefined> {
  const found = await sql<{ record: RecurringIssue }>`
    select record from recurring_issues where city_id = ${cityId} and id = ${id} ${lock ? sql`for update` : sql``}`.execute(
    db,
  );
  return found.rows[0]?.record;
}

function contextOf(house: House, actor: Actor): IssueContext {
  return {
    actor,
    now: momentOf(house),
    newId: () => newId(),
    hasUnit: (id) => house.territory.unit(id) !== undefined,
    hasArea: (code) => house.territory.area(code) !== undefined,
    hasStream: (id) => house.settings.category(id) !== undefined || house.settings.family(id) !== undefined,
  };
}

/**
 * Carries out a command on a problem of the month: state, event, audit, ledger leaf and outbox in one transaction.
 * @param issueId the problem; undefined to open one
 */
export function runIssueCommand(
  house: House,
  actor: Actor,
  command: IssueCommand & { id: string },
  issueId?: string,
): Promise<{ id: string; version: number }> {
  return runOnce(house, actor, command, issueId ?? command.id, async (tx) => {
    const where = { db: tx, cityId: house.cityId };
    const before = issueId === undefined ? null : ((await issueById(where, issueId, true)) ?? null);
    const { id: _, ...given } = command;
    const decided = decideIssue(before, given, contextOf(house, actor));
    if (!decided.ok) throw new Refusal(decided.error);
    const { issue, event, facts } = decided;
    await writeIssue(tx, house.cityId, issue);
    const role = actor.grants[0]?.role ?? actor.kind;
    await keepEvents(tx, house.cityId, [{ subject: issue.id, actorId: actor.id, actorRole: role, ...event }]);
    if (!before && issue.episodeId) await linkEpisode(tx, house.cityId, issue.episodeId, issue.id);
    for (const fact of facts) await addFact(tx, house.cityId, { ...fact, subject: issue.id });
    await tellUnit(tx, house.cityId, issue, event.type);
    return { id: issue.id, version: issue.version };
  });
}

async function writeIssue(tx: Tx, cityId: string, issue: RecurringIssue): Promise<void> {
  const { id, state, month, ownerUnit, published, version } = issue;
  const kept = { state, month, owner_unit: ownerUnit, published, version, record: JSON.stringify(issue) };
  await tx
    .insertInto("recurring_issues")
    .values({ city_id: cityId, id, ...kept })
    .onConflict((conflict) => conflict.columns(["city_id", "id"]).doUpdateSet(kept))
    .execute();
}

async function linkEpisode(tx: Tx, cityId: string, episodeId: string, issueId: string): Promise<void> {
  const linked = await tx
    .updateTable("episodes")
    .set({ issue_id: issueId })
    .where("city_id", "=", cityId)
    .where("id", "=", episodeId)
    .where("issue_id", "is", null)
    .executeTakeFirst();
  if (!linked.numUpdatedRows) throw new Refusal(refuse("alreadyDecided", {}));
}

async function tellUnit(tx: Tx, cityId: string, issue: RecurringIssue, key: string): Promise<void> {
  const notice = {
    to: { kind: "unit", unitId: issue.ownerUnit },
    key,
    params: { title: issue.title, until: issue.dueOn },
  };
  await tx
    .insertInto("outbox")
    .values({
      city_id: cityId,
      id: newId(),
      topic: "issue",
      payload: JSON.stringify({ caseIds: [], notices: [notice], facts: [] }),
    })
    .execute();
}

/** A problem of the month as a page shows it. */
export function shownIssue(house: House, issue: RecurringIssue, actor?: Actor) {
  const today = dayName(dayAt(house.clock()));
  const over = issue.state === "settled" || issue.state === "dropped";
  return {
    ...issue,
    stream: streamName(house, issue.streamId),
    areas: issue.areaCodes.map((code) => areaName(house, code)),
    owner: unitName(house, issue.ownerUnit),
    responsibilities: issue.responsibilities.map((each) => ({
      ...each,
      unit: unitName(house, each.unitId),
      late: each.doneOn ? 0 : daysLate(each.dueOn, today),
    })),
    late: over ? 0 : daysLate(issue.dueOn, today),
    allowed: actor ? allowedSteps(issue, actor) : [],
  };
}
export type ShownIssue = ReturnType<typeof shownIssue>;

/** Problems of the month, newest first; for everybody only the published ones. */
export async function listIssues(house: House, actor?: Actor): Promise<ShownIssue[]> {
  const found = await sql<{ record: RecurringIssue }>`
    select record from recurring_issues where city_id = ${house.cityId} ${actor ? sql`` : sql`and published`}
    order by month desc, id desc limit ${listed}`.execute(house.db);
  return found.rows.map(({ record }) => shownIssue(house, record, actor));
}

/** How many reports of its kind came in four weeks before it was opened, and in the last four weeks. */
async function effectOf(
  house: House,
  issue: RecurringIssue,
): Promise<{ days: number; before: number; lately: number }> {
  const opened = dayAt(Date.parse(issue.openedAt));
  const until = issue.settledAt
    ? Math.min(lastWholeDay(house.clock()), dayAt(Date.parse(issue.settledAt)) + effectDays)
    : lastWholeDay(house.clock());
  const prefixes = issue.areaCodes.map(prefixOfCode);
  const ground = sql.join(
    prefixes.map((prefix) => sql`area_code ^@ ${prefix}`),
    sql` or `,
  );
  const kind = issue.streamId.includes(".")
    ? sql`category_id = ${issue.streamId}`
    : sql`category_id ^@ ${`${issue.streamId}.`}`;
  const counted = (from: number, to: number) =>
    sql<number>`coalesce(sum(coalesce(separate, reported)) filter (where day >= ${dayName(from)} and day <= ${dayName(to)}), 0)::int`;
  const found = await sql<{ before: number; lately: number }>`
    select ${counted(opened - effectDays, opened - 1)} as before, ${counted(until - effectDays + 1, until)} as lately
    from case_days where city_id = ${house.cityId} and (${ground}) and ${kind}
      and day >= ${dayName(opened - effectDays)} and day <= ${dayName(until)}`.execute(house.db);
  return { days: effectDays, ...found.rows[0]! };
}

/** One with everything that was done about it, and what came of it so far. */
export async function issuePage(house: House, id: string, actor: Actor) {
  const issue = await issueById(house, id);
  if (!issue) throw new Refusal(refuse("notFound", { what: "issue" }));
  const steps = (await eventsOf(house.db, house.cityId, id)).map(({ type, at, actorRole, data }) => ({
    type,
    at,
    actorRole,
    data,
  }));
  return { issue: shownIssue(house, issue, actor), steps, effect: await effectOf(house, issue) };
}
export type IssuePage = Awaited<ReturnType<typeof issuePage>>;
