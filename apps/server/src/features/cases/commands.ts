import type { Actor } from "@linge/domain/access/scope.ts";
import type { CaseCommand, ReportCommand } from "@linge/domain/case/command.ts";
import { decideCase, type Refused } from "@linge/domain/case/decide.ts";
import type { Decided } from "@linge/domain/case/event.ts";
import { caseNumber } from "@linge/domain/case/number.ts";
import { concernedUnits, type CaseRecord } from "@linge/domain/case/record.ts";
import type { CaseContext } from "@linge/domain/case/step.ts";
import { route, type Routable, type RouteDecision } from "@linge/domain/routing/route.ts";
import type { Unit } from "@linge/domain/routing/rule.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import { createHash, randomInt } from "node:crypto";
import type { House } from "../../platform/house.ts";
import { momentOf } from "../../platform/moment.ts";
import type { Kysely } from "kysely";
import type { Tx } from "../../platform/db/database.ts";
import type { DB } from "../../platform/db/schema.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { newId } from "../../platform/ids.ts";
import { canonical } from "../ledger/leaf.ts";
import { forgetIdentity, forgetRater, refuseIfHeld, removeFiles } from "../privacy/forget.ts";
import { readRecords, writeChanges, type Change } from "./store.ts";

/** What a carried-out command is answered with, now and whenever it is sent again. */
export type CommandAnswer = { caseId: string; number: string; version: number; dueAt: string };

const takesWork = (unit: Unit | undefined): boolean => unit !== undefined && !unit.retired;

/** What a decision may look at, of the house as it is now. */
export function contextOf(
  house: Pick<House, "clock" | "settings" | "territory">,
  actor: Actor,
  related?: CaseRecord[],
): CaseContext {
  return {
    now: momentOf(house),
    actor,
    category: house.settings.category,
    hasUnit: (id) => takesWork(house.territory.unit(id)),
    calendarOf: house.settings.calendar,
    route: (item) => routeNow(house, item),
    newId: () => newId(),
    newNumber: () => caseNumber(randomInt(2 ** 47)),
    related,
  };
}

/** Where today's rules send something; nothing when its category is unknown. */
export function routeNow(
  house: Pick<House, "settings" | "territory">,
  item: Routable,
): RouteDecision & { rulesVersion: number } {
  const { version, document } = house.settings.current("routingRules");
  const category = house.settings.category(item.categoryId);
  const decision = category ? route(document, house.territory.units(), category, item) : { assist: [], because: [] };
  return { ...decision, rulesVersion: version };
}

function accepted(outcome: Decided | Refused): Decided {
  if (!outcome.ok) throw new Refusal(outcome.error);
  return outcome;
}

/** A decided command, ready to be written. */
export function changeOf(command: CaseCommand, actor: Actor, decided: Decided): Change {
  const { id, number, version, dueAt } = decided.record;
  const answer: CommandAnswer = { caseId: id, number, version, dueAt };
  return {
    commandId: command.id,
    actorId: actor.id,
    type: command.type,
    fingerprint: fingerprint(command),
    clientAt: command.at,
    answer,
    decided,
  };
}

function fingerprint(command: CaseCommand): Buffer {
  return createHash("sha256").update(canonical(command)).digest();
}

/** The answer given when this command was carried out before. @throws Refusal when the id stood for something else */
async function earlierAnswer(house: House, command: CaseCommand, actor: Actor): Promise<CommandAnswer> {
  const row = await house.db
    .selectFrom("commands")
    .select(["actor_id", "fingerprint", "answer"])
    .where("city_id", "=", house.cityId)
    .where("id", "=", command.id)
    .executeTakeFirst();
  const same = row && row.actor_id === actor.id && Buffer.compare(row.fingerprint, fingerprint(command)) === 0;
  if (!same) throw new Refusal(refuse("idUsedDifferently", {}));
  return row.answer as CommandAnswer;
}

function announce(house: House, decided: Decided): void {
  for (const record of [decided.record, ...decided.others]) {
    const { id, version, state, areaCode } = record;
    house.live.publish({ type: "case", id, version, state, areaCode, unitIds: concernedUnits(record) });
  }
}

const isTaken = (error: unknown, constraint: string): boolean =>
  (error as { code?: string; constraint?: string }).code === "23505" &&
  (error as { constraint?: string }).constraint === constraint;

/** Takes a report in: one decision, one statement. Sent twice, it is answered twice and written once. */
export async function reportCase(house: House, actor: Actor, command: ReportCommand): Promise<CommandAnswer> {
  for (let tries = 0; ; tries += 1) {
    const decided = accepted(decideCase(null, command, contextOf(house, actor)));
    const change = changeOf(command, actor, decided);
    try {
      if (!(await house.reports.write(change))) return await earlierAnswer(house, command, actor);
    } catch (error) {
      // Numbers are drawn at random; one in many thousands is taken.
      if (isTaken(error, "cases_city_id_number_key") && tries < 5) continue;
      // Somebody else's case has this id: whichever of its rows is met first.
      if (isTaken(error, "cases_pkey") || isTaken(error, "case_reporters_pkey"))
        throw new Refusal(refuse("idUsedDifferently", {}));
      throw error;
    }
    announce(house, decided);
    return change.answer as CommandAnswer;
  }
}

/** Ids of the other cases that a command touches. */
function relatedIds(record: CaseRecord, command: CaseCommand): string[] {
  switch (command.type) {
    case "mergeInto":
      return [command.parentId];
    case "unmerge":
    case "decideReopening":
      return record.duplicateOf ? [record.duplicateOf] : [];
    case "check":
    case "confirmResolved":
    case "decline":
    case "redirect":
    case "withdraw":
    case "void":
      return record.duplicates;
    default:
      return [];
  }
}

/** The other cases that a command touches, locked when `lock`. */
export async function relatedTo(
  db: Kysely<DB>,
  cityId: string,
  record: CaseRecord,
  command: CaseCommand,
  lock = false,
): Promise<CaseRecord[]> {
  const others = relatedIds(record, command);
  return others.length ? readRecords(db, cityId, others, lock) : [];
}

/** Carries out a command on an existing case. @throws Refusal with the reason of the domain */
export async function runCaseCommand(
  house: House,
  actor: Actor,
  command: Exclude<CaseCommand, ReportCommand>,
): Promise<CommandAnswer> {
  const decided = await house.db.transaction().execute(async (tx) => decideLocked(house, tx, actor, command));
  if (!decided) return earlierAnswer(house, command, actor);
  announce(house, decided);
  // Asked for again every night, so that a file that could not go now is not forgotten.
  if (command.type === "removeIdentity")
    await removeFiles(house).catch((error: unknown) => house.log.warn({ err: error }, "files wait"));
  return changeOf(command, actor, decided).answer as CommandAnswer;
}

async function decideLocked(
  house: House,
  tx: Tx,
  actor: Actor,
  command: Exclude<CaseCommand, ReportCommand>,
): Promise<Decided | undefined> {
  const [record] = await readRecords(tx, house.cityId, [command.caseId], true);
  if (!record) throw new Refusal(refuse("notFound", { what: "case" }));
  // Looked up under the case's lock: the same command sent twice at once is then seen the second time.
  const known = await tx
    .selectFrom("commands")
    .select("id")
    .where("city_id", "=", house.cityId)
    .where("id", "=", command.id)
    .executeTakeFirst();
  if (known) return undefined;
  if (command.type === "removeIdentity") await refuseIfHeld(tx, house.cityId, record.id, house.clock());
  const related = await relatedTo(tx, house.cityId, record, command, true);
  const decided = accepted(decideCase(record, command, contextOf(house, actor, related)));
  if (!(await writeChanges(tx, house.cityId, [changeOf(command, actor, decided)]))) return undefined;
  if (command.type === "removeIdentity") await forgetIdentity(tx, house.cityId, record.id);
  if (command.type === "cutRatingLink") await forgetRater(tx, house.cityId, record.id);
  return decided;
}
