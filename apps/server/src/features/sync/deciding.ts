import type { Actor } from "@linge/domain/access/scope.ts";
import type { CaseCommand, ReportCommand } from "@linge/domain/case/command.ts";
import { decideCase } from "@linge/domain/case/decide.ts";
import { permissions } from "@linge/domain/case/permission.ts";
import type { CasePlace, CaseRecord } from "@linge/domain/case/record.ts";
import { refuse, type LingeError } from "@linge/domain/error/catalogue.ts";
import type { Heard } from "@linge/sync/command/clock.ts";
import { editType, type SyncCommand } from "@linge/sync/command/command.ts";
import type { Decide, Decision } from "@linge/sync/inbox/kept.ts";
import type { JsonObject } from "@linge/sync/json.ts";
import { sql } from "kysely";
import type { Tx } from "../../platform/db/database.ts";
import type { House } from "../../platform/house.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { changeOf, contextOf, type CommandAnswer } from "../cases/commands.ts";
import { areaOf } from "../cases/place.ts";
import { readRecords, type Change } from "../cases/store.ts";
import { decideVisit } from "../visits/decide.ts";
import { lockVisits, type Visit, type VisitChange } from "../visits/store.ts";
import { deskOnly, type RecordKind } from "./rules.ts";
import type { CheckCommand } from "./schemas.ts";

/** Cases as they are while a batch is decided, and what has to be written of it. */
export type Desk = {
  records: Map<string, CaseRecord>;
  /** Answers that commands got by another way in, by their id. */
  earlier: Map<string, { actorId: string; answer: CommandAnswer }>;
  changes: Change[];
  visits: Map<string, Visit>;
  visitChanges: VisitChange[];
};

/** Reads and locks the cases and visits that a batch may touch, all at once and in the order of their ids: batches never cross. */
export async function openDesk(tx: Tx, cityId: string, commands: readonly SyncCommand[]): Promise<Desk> {
  const idsOf = (wanted: RecordKind): string[] => [
    ...new Set(commands.filter(({ kind }) => kind === wanted).map(({ recordId }) => recordId)),
  ];
  const ids = idsOf("case");
  const linked = await sql<{ id: string }>`
    select jsonb_array_elements_text(record->'duplicates') as id from cases
    where city_id = ${cityId} and id = any(${ids}::uuid[])`.execute(tx);
  const all = [...new Set([...ids, ...linked.rows.map(({ id }) => id)])];
  const records = all.length ? await readRecords(tx, cityId, all, true) : [];
  const visits = await lockVisits(tx, cityId, idsOf("visit"));
  const earlier = await sql<{ id: string; actor_id: string; answer: CommandAnswer }>`
    select id, actor_id, answer from commands
    where city_id = ${cityId} and id = any(${commands.map(({ id }) => id)}::uuid[])`.execute(tx);
  return {
    records: new Map(records.map((record) => [record.id, record])),
    earlier: new Map(earlier.rows.map((row) => [row.id, { actorId: row.actor_id, answer: row.answer }])),
    changes: [],
    visits: new Map(visits.map((visit) => [visit.id, visit])),
    visitChanges: [],
  };
}

const refused = ({ code, params }: LingeError): Decision => ({
  ok: false,
  reason: { code, params: params as JsonObject },
});
const accepted = ({ number, dueAt, version }: CommandAnswer): Decision => ({
  ok: true,
  version,
  result: { number, dueAt },
});

const plausibleMs = 400 * 86_400_000;

/** What the phone's clock said goes to the case only when it could be a clock; the inbox keeps it in any case. */
const plausible = (house: House, at: string): { at?: string } =>
  Math.abs(Date.parse(at) - house.clock()) <= plausibleMs ? { at } : {};

/** The domain's command in a synchronised one. @throws Refusal when the place is none of the city's */
function caseCommand(house: House, actor: Actor, { id, recordId, type, data, at }: SyncCommand): CaseCommand {
  const base = { ...data, type, id, caseId: recordId, ...plausible(house, at) };
  if (type === "report") {
    const { reporter, place, areaCode } = data as unknown as Partial<ReportCommand>;
    const by = reporter && { ...reporter, by: actor.id };
    return { ...base, channel: "field", reporter: by, ...areaOf(house, place!, areaCode) } as unknown as CaseCommand;
  }
  if (type !== "correctPlace") return base as unknown as CaseCommand;
  const { place, areaCode } = data as { place: CasePlace; areaCode?: string };
  return { ...base, ...areaOf(house, place, areaCode) } as unknown as CaseCommand;
}

function decideOnVisit(house: House, actor: Actor, desk: Desk, command: SyncCommand, heard: Heard): Decision {
  const decided = decideVisit(house, actor, desk.visits.get(command.recordId), command, heard);
  if (!decided.ok) return refused(decided.error);
  const { visit, flagged } = decided.change;
  desk.visits.set(visit.id, visit);
  desk.visitChanges.push(decided.change);
  return { ok: true, version: visit.document.version, conflicts: flagged };
}

/** Decides a worker's commands on cases and visits with the same rules as every other way in; the desk gathers what to write. */
export function decideAtDesk(house: House, actor: Actor, desk: Desk, check: CheckCommand): Decide {
  return (command, heard) => {
    const { kind, type, recordId } = command;
    const onVisit = kind === "visit" && type === editType;
    const onCase = kind === "case" && (type === "report" || type in permissions);
    if (!onVisit && !onCase) return "notKnownHere";
    const before = desk.earlier.get(command.id);
    if (before) return before.actorId === actor.id ? accepted(before.answer) : refused(refuse("idUsedDifferently", {}));
    if (onVisit) return decideOnVisit(house, actor, desk, command, heard);
    if (deskOnly.has(type)) return refused(refuse("notAllowed", {}));
    const problem = check(command);
    if (problem) return refused(problem);
    try {
      const record = desk.records.get(recordId);
      const given = caseCommand(house, actor, command);
      const related = record?.duplicates.flatMap((id) => desk.records.get(id) ?? []) ?? [];
      const decided = decideCase(record ?? null, given, contextOf(house, actor, related));
      if (!decided.ok) return refused(decided.error);
      for (const changed of [decided.record, ...decided.others]) desk.records.set(changed.id, changed);
      const change = changeOf(given, actor, decided);
      desk.changes.push(change);
      return accepted(change.answer as CommandAnswer);
    } catch (error) {
      if (error instanceof Refusal) return refused(error.reason);
      throw error;
    }
  };
}
