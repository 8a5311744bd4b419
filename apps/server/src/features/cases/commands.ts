import type { Actor } from "@linge/domain/access/scope.ts";
import type { CaseCommand, ReportCommand } from "@linge/domain/case/command.ts";
import { decideCase, type Refused } from "@linge/domain/case/decide.ts";
import type { Decided } from "@linge/domain/case/event.ts";
import { caseNumber } from "@linge/domain/case/number.ts";
import type { CaseRecord } from "@linge/domain/case/record.ts";
import type { CaseContext } from "@linge/domain/case/step.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import { createHash, randomInt } from "node:crypto";
import type { House } from "../../platform/house.ts";
import type { Tx } from "../../platform/db/database.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { newId } from "../../platform/ids.ts";
import { canonical } from "../ledger/leaf.ts";
import { readRecords, removeReporter, writeChanges, type Change } from "./store.ts";

/** What a carried-out command is answered with, now and whenever it is sent again. */
export type CommandAnswer = { caseId: string; number: string; version: number; dueAt: string };

export function contextOf(house: House, actor: Actor, related?: CaseRecord[]): CaseContext {
  return {
    now: new Date(house.clock()).toISOString(),
    actor,
    category: house.settings.category,
    hasUnit: (id) => house.territory.unit(id) !== undefined,
    calendar: house.settings.calendar(),
    newId: () => newId(),
    newNumber: () => caseNumber(randomInt(2 ** 47)),
    related,
  };
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
  for (const { id, version, state, areaCode, orders } of [decided.record, ...decided.others])
    house.live.publish({ type: "case", id, version, state, areaCode, unitIds: orders.map((order) => order.unitId) });
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
      throw error;
    }
    announce(house, decided);
    return change.answer as CommandAnswer;
  }
}

/** Ids of the other cases that a command touches. */
function relatedIds(record: CaseRecord, command: CaseCommand): string[] {
  if (command.type === "mergeInto") return [command.parentId];
  if (command.type === "unmerge") return record.duplicateOf ? [record.duplicateOf] : [];
  if (command.type === "check" || command.type === "confirmResolved") return record.duplicates;
  return [];
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
  const others = relatedIds(record, command);
  const related = others.length ? await readRecords(tx, house.cityId, others, true) : [];
  const decided = accepted(decideCase(record, command, contextOf(house, actor, related)));
  if (!(await writeChanges(tx, house.cityId, [changeOf(command, actor, decided)]))) return undefined;
  if (command.type === "removeIdentity") await removeReporter(tx, house.cityId, record.id);
  return decided;
}
